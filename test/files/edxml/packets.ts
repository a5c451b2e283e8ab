interface PacketParts {
  docType?: string
  number?: string
  notation?: string
  date?: string
  typeName?: string
  subject?: string
  organId?: string
  organName?: string
  documentId?: string
  /** Elements inside Bussiness, beside its type. */
  bussiness?: string
  /** Elements inside MessageHeader, behind the others. */
  header?: string
  attachments?: string
  /** With its colon; empty for none. */
  prefix?: string
  before?: string
}

/** A packet of the document axis, as the exchange software writes it; a test names only what it is about. */
export function aPacket (parts: PacketParts = {}): string {
  const {
    docType = '0', number = '119', notation = 'KH-UBND', date = '2022/09/07', typeName = 'Kế hoạch', prefix = 'edXML:',
    subject = 'Tổ chức phong trào thi đua', organId = '000.00.00.H54', organName = 'UBND tỉnh Thái Bình',
    documentId = '000.00.00.H54,2022/09/07,119/KH-UBND', bussiness = '', header = '', attachments = '', before = '<?xml version="1.0" encoding="UTF-8"?>\n'
  } = parts
  const element = (name: string, inner: string) => `<${prefix}${name}>${inner}</${prefix}${name}>`
  return `${before}<edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016">
<${prefix}edXMLEnvelope${prefix === '' ? '' : ' xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016"'}>
<${prefix}edXMLHeader>
<${prefix}MessageHeader>
${element('From', element('OrganId', organId) + element('OrganName', organName))}
${element('To', element('OrganId', '28.22.H17') + element('OrganName', 'UBND thành phố Hải Phòng'))}
${documentId === '' ? '' : element('DocumentId', documentId)}
${element('Code', element('CodeNumber', number) + element('CodeNotation', notation))}
${element('PromulgationInfo', element('Place', 'Thái Bình') + element('PromulgationDate', date))}
${element('DocumentType', element('Type', '10') + element('TypeDetail', '0') + element('TypeName', typeName))}
${element('Subject', subject)}
${element('SignerInfo', element('FullName', 'Người Ký Văn Bản'))}
${header}
</${prefix}MessageHeader>
${element('TraceHeaderList', element('TraceHeader', element('OrganId', '000.00.00.G22') + element('Timestamp', '2022/09/08 00:00:00')) +
  element('Bussiness', element('BussinessDocType', docType) + bussiness +
  element('StaffInfo', element('Staff', 'Cán Bộ Văn Thư') + element('Mobile', '0912000001') + element('Email', 'vanthu@example.vn'))))}
</${prefix}edXMLHeader>
</${prefix}edXMLEnvelope>
<AttachmentEncoded>${attachments}</AttachmentEncoded>
</edXML>
`
}
