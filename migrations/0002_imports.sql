CREATE TYPE "public"."import_outcome" AS ENUM('created', 'updated', 'unchanged', 'refused');--> statement-breakpoint
CREATE TYPE "public"."import_phase" AS ENUM('reading', 'recording');--> statement-breakpoint
CREATE TYPE "public"."import_state" AS ENUM('receiving', 'received', 'running', 'done', 'failed', 'cancelled');--> statement-breakpoint
CREATE TABLE "import_chunks" (
	"import_id" uuid NOT NULL,
	"file" integer NOT NULL,
	"position" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "import_chunks_pkey" PRIMARY KEY("import_id","file","position")
);
--> statement-breakpoint
CREATE TABLE "import_entries" (
	"import_id" uuid NOT NULL,
	"run" integer NOT NULL,
	"row" integer NOT NULL,
	"outcome" "import_outcome" NOT NULL,
	"with_findings" boolean NOT NULL,
	"plan_id" uuid,
	"version_before" integer,
	"code" text,
	"place" jsonb NOT NULL,
	"details" jsonb,
	CONSTRAINT "import_entries_pkey" PRIMARY KEY("import_id","run","row")
);
--> statement-breakpoint
CREATE TABLE "import_files" (
	"import_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"name" text,
	"format" text NOT NULL,
	"byte_count" bigint NOT NULL,
	"sha256" text NOT NULL,
	CONSTRAINT "import_files_pkey" PRIMARY KEY("import_id","position")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"by" text NOT NULL,
	"idempotency_key" text,
	"parameters" jsonb NOT NULL,
	"may_waive" boolean NOT NULL,
	"approved_id" uuid,
	"upload_id" uuid NOT NULL,
	"state" "import_state" NOT NULL,
	"phase" "import_phase",
	"byte_count" bigint DEFAULT 0 NOT NULL,
	"bytes_read" bigint DEFAULT 0 NOT NULL,
	"rows_read" integer DEFAULT 0 NOT NULL,
	"rows_done" integer DEFAULT 0 NOT NULL,
	"rate" real,
	"created" integer DEFAULT 0 NOT NULL,
	"updated" integer DEFAULT 0 NOT NULL,
	"unchanged" integer DEFAULT 0 NOT NULL,
	"refused" integer DEFAULT 0 NOT NULL,
	"recorded_with_findings" integer DEFAULT 0 NOT NULL,
	"stored" boolean DEFAULT false NOT NULL,
	"problem" jsonb,
	"cancel_asked" boolean DEFAULT false NOT NULL,
	"run" integer DEFAULT 0 NOT NULL,
	"reported_run" integer DEFAULT 0 NOT NULL,
	"node" text,
	"lease_until" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "imports_idempotency_key" UNIQUE("by","idempotency_key")
);
--> statement-breakpoint
ALTER TABLE "import_chunks" ADD CONSTRAINT "import_chunks_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_files" ADD CONSTRAINT "import_files_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "import_entries_refused" ON "import_entries" USING btree ("import_id","run","row") WHERE outcome = 'refused';--> statement-breakpoint
CREATE INDEX "imports_by" ON "imports" USING btree ("by","id");--> statement-breakpoint
CREATE INDEX "imports_open" ON "imports" USING btree ("lease_until") WHERE state in ('receiving', 'received', 'running');--> statement-breakpoint
CREATE INDEX "imports_expiry" ON "imports" USING btree ("expires_at");--> statement-breakpoint
-- Uploads are kept for days and read twice: squeezing them costs more than the room is worth.
ALTER TABLE "import_chunks" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
