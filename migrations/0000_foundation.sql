-- Search without diacritics asks for parts of words; trigrams make that an index scan. A trusted extension since PostgreSQL 13.
CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
CREATE TYPE "public"."level" AS ENUM('decree', 'national', 'ministry', 'provincial', 'agency', 'district', 'commune', 'unit');--> statement-breakpoint
CREATE TYPE "public"."organization_kind" AS ENUM('party-central', 'national-assembly', 'standing-committee', 'president', 'government', 'prime-minister', 'government-office', 'ministry', 'party-committee', 'party-office', 'peoples-council', 'peoples-committee', 'department', 'office', 'front', 'mass-organization');--> statement-breakpoint
CREATE TYPE "public"."origin" AS ENUM('reference', 'own');--> statement-breakpoint
CREATE TYPE "public"."relation" AS ENUM('implements', 'basis', 'amends', 'supplements', 'replaces', 'repeals', 'corrects', 'guides', 'references', 'proposal');--> statement-breakpoint
CREATE TYPE "public"."resolution" AS ENUM('resolved', 'stub', 'ambiguous', 'unidentified');--> statement-breakpoint
CREATE TYPE "public"."severity" AS ENUM('error', 'warning', 'info');--> statement-breakpoint
CREATE TYPE "public"."status" AS ENUM('stub', 'conforming', 'nonconforming');--> statement-breakpoint
CREATE TYPE "public"."succession_kind" AS ENUM('merged', 'split', 'renamed', 'replaced');--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"secret_hash" text NOT NULL,
	"scopes" text[] NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "citations" (
	"plan_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"relation" "relation" NOT NULL,
	"cited_id" uuid,
	"resolution" "resolution" NOT NULL,
	"candidate_ids" uuid[] DEFAULT '{}' NOT NULL,
	"pinned" boolean DEFAULT false NOT NULL,
	"code" text,
	"canonical_code" text,
	"issuer" text,
	"issued_on" text,
	"title" text,
	"inferred" boolean DEFAULT false NOT NULL,
	"note" text,
	CONSTRAINT "citations_pkey" PRIMARY KEY("plan_id","position"),
	CONSTRAINT "citations_not_itself" CHECK ("citations"."cited_id" <> "citations"."plan_id"),
	CONSTRAINT "citations_resolution" CHECK (("citations"."cited_id" is not null) = ("citations"."resolution" in ('resolved', 'stub')))
);
--> statement-breakpoint
CREATE TABLE "events" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "events_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"by" text NOT NULL,
	"type" text NOT NULL,
	"plan_id" uuid,
	"version" integer,
	"before" jsonb,
	"after" jsonb
);
--> statement-breakpoint
CREATE TABLE "findings" (
	"plan_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"rule" text NOT NULL,
	"severity" "severity" NOT NULL,
	"at" text NOT NULL,
	"message_vi" text NOT NULL,
	"message_en" text NOT NULL,
	"facts" jsonb NOT NULL,
	"waived" boolean DEFAULT false NOT NULL,
	CONSTRAINT "findings_pkey" PRIMARY KEY("plan_id","position")
);
--> statement-breakpoint
CREATE TABLE "organization_names" (
	"key" text NOT NULL,
	"organization_id" text NOT NULL,
	CONSTRAINT "organization_names_pkey" PRIMARY KEY("key","organization_id")
);
--> statement-breakpoint
CREATE TABLE "organization_successions" (
	"predecessor_id" text NOT NULL,
	"successor_id" text NOT NULL,
	"on" text NOT NULL,
	"kind" "succession_kind" NOT NULL,
	"source" text NOT NULL,
	"origin" "origin" NOT NULL,
	CONSTRAINT "organization_successions_pkey" PRIMARY KEY("predecessor_id","successor_id")
);
--> statement-breakpoint
CREATE TABLE "organizations" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"aliases" text[] NOT NULL,
	"kind" "organization_kind" NOT NULL,
	"level" "level" NOT NULL,
	"symbols" text[] NOT NULL,
	"valid_from" text,
	"valid_to" text,
	"exists_from" date NOT NULL,
	"exists_to" date NOT NULL,
	"superior_id" text,
	"functional_superior_id" text,
	"area_id" text,
	"area_code" text,
	"area_code_verified" boolean,
	"area_name" text,
	"area_type" text,
	"electronic_codes" jsonb,
	"source" text NOT NULL,
	"origin" "origin" NOT NULL,
	"recorded_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "organizations_lifetime" CHECK ("organizations"."exists_from" <= "organizations"."exists_to")
);
--> statement-breakpoint
CREATE TABLE "plans" (
	"id" uuid PRIMARY KEY NOT NULL,
	"identity" text,
	"version" integer NOT NULL,
	"status" "status" NOT NULL,
	"code" text,
	"canonical_code" text,
	"type" text,
	"title" text,
	"issuer" text,
	"issuer_key" text,
	"issuer_id" text,
	"level" "level",
	"issued_on" text,
	"period_from" text,
	"period_to" text,
	"period_years" "int4range" GENERATED ALWAYS AS (case when period_from is not null or period_to is not null
    then int4range(left(period_from, 4)::integer, left(period_to, 4)::integer, '[]') end) STORED,
	"programme" text,
	"programme_key" text,
	"targets_incomplete" boolean DEFAULT false NOT NULL,
	"search_text" text NOT NULL,
	"recorded_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "plans_identity_key" UNIQUE("identity")
);
--> statement-breakpoint
CREATE TABLE "reference_loads" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "reference_loads_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"version" text NOT NULL,
	"sha256" text NOT NULL,
	"loaded_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "targets" (
	"plan_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"key" text NOT NULL,
	"indicator" text NOT NULL,
	"target" jsonb NOT NULL,
	CONSTRAINT "targets_pkey" PRIMARY KEY("plan_id","position"),
	CONSTRAINT "targets_key" UNIQUE("plan_id","key")
);
--> statement-breakpoint
CREATE TABLE "waivers" (
	"plan_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"rule" text NOT NULL,
	"at" text,
	"reason" text NOT NULL,
	"given_by" text NOT NULL,
	"given_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "waivers_pkey" PRIMARY KEY("plan_id","position")
);
--> statement-breakpoint
ALTER TABLE "citations" ADD CONSTRAINT "citations_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citations" ADD CONSTRAINT "citations_cited_id_plans_id_fk" FOREIGN KEY ("cited_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "findings" ADD CONSTRAINT "findings_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_names" ADD CONSTRAINT "organization_names_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_successions" ADD CONSTRAINT "organization_successions_predecessor_id_organizations_id_fk" FOREIGN KEY ("predecessor_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_successions" ADD CONSTRAINT "organization_successions_successor_id_organizations_id_fk" FOREIGN KEY ("successor_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- Superiors are deferred: a set arrives in several statements, and a body may stand before its superior.
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_superior_fk" FOREIGN KEY ("superior_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action DEFERRABLE INITIALLY DEFERRED;--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_functional_superior_fk" FOREIGN KEY ("functional_superior_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action DEFERRABLE INITIALLY DEFERRED;--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_issuer_id_organizations_id_fk" FOREIGN KEY ("issuer_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "targets" ADD CONSTRAINT "targets_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waivers" ADD CONSTRAINT "waivers_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "citations_cited" ON "citations" USING btree ("cited_id","relation","plan_id");--> statement-breakpoint
CREATE INDEX "citations_code" ON "citations" USING btree ("canonical_code");--> statement-breakpoint
CREATE INDEX "events_plan" ON "events" USING btree ("plan_id","seq");--> statement-breakpoint
CREATE INDEX "findings_rule" ON "findings" USING btree ("rule","severity","plan_id");--> statement-breakpoint
CREATE INDEX "organization_names_organization" ON "organization_names" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "organization_names_search" ON "organization_names" USING gin ("key" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "organization_successions_successor" ON "organization_successions" USING btree ("successor_id");--> statement-breakpoint
CREATE INDEX "organizations_superior" ON "organizations" USING btree ("superior_id");--> statement-breakpoint
CREATE INDEX "organizations_functional_superior" ON "organizations" USING btree ("functional_superior_id");--> statement-breakpoint
CREATE INDEX "organizations_kind" ON "organizations" USING btree ("kind","id");--> statement-breakpoint
CREATE INDEX "organizations_level" ON "organizations" USING btree ("level","id");--> statement-breakpoint
CREATE INDEX "organizations_area_code" ON "organizations" USING btree ("area_code");--> statement-breakpoint
CREATE INDEX "organizations_symbols" ON "organizations" USING gin ("symbols");--> statement-breakpoint
CREATE INDEX "organizations_electronic_codes" ON "organizations" USING gin ("electronic_codes" jsonb_path_ops);--> statement-breakpoint
CREATE INDEX "plans_canonical_code" ON "plans" USING btree ("canonical_code","id");--> statement-breakpoint
CREATE INDEX "plans_issuer" ON "plans" USING btree ("issuer_key","id");--> statement-breakpoint
CREATE INDEX "plans_issuer_id" ON "plans" USING btree ("issuer_id","id");--> statement-breakpoint
CREATE INDEX "plans_programme" ON "plans" USING btree ("programme_key","id");--> statement-breakpoint
CREATE INDEX "plans_level" ON "plans" USING btree ("level","id");--> statement-breakpoint
CREATE INDEX "plans_type" ON "plans" USING btree ("type","id");--> statement-breakpoint
CREATE INDEX "plans_status" ON "plans" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "plans_period" ON "plans" USING gist ("period_years");--> statement-breakpoint
CREATE INDEX "plans_search" ON "plans" USING gin ("search_text" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "targets_indicator" ON "targets" USING btree ("indicator","plan_id");--> statement-breakpoint
CREATE FUNCTION "events_are_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'events are append only' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'events_append_only';
END $$;--> statement-breakpoint
CREATE TRIGGER "events_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "events" FOR EACH STATEMENT EXECUTE FUNCTION "events_are_append_only"();
