DROP INDEX "citations_code";--> statement-breakpoint
CREATE INDEX "plans_code_issuer" ON "plans" USING btree ("canonical_code","issuer_key");--> statement-breakpoint
CREATE INDEX "citations_code" ON "citations" USING btree ("canonical_code") WHERE "citations"."cited_id" is null;