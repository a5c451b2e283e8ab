-- The last moment given to a transaction, in milliseconds of the epoch. A sequence, because it must outlive a rollback.
CREATE SEQUENCE "register_clock" AS bigint;--> statement-breakpoint
-- The moment of this transaction, or the time where it has not begun one: an event of something else than the register.
-- STABLE, so that a column with this default is added without rewriting its table.
CREATE FUNCTION "register_moment"() RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT coalesce(nullif(current_setting('thac.moment', true), '')::timestamptz, date_trunc('milliseconds', clock_timestamp()))
$$;--> statement-breakpoint
-- Begins the moment of this transaction under the lock of the register, once: moments grow in the order in which
-- transactions commit, and no two share one, whatever the clock of the server does. The name is always written with its
-- schema: a restore empties search_path.
CREATE FUNCTION "begin_register_moment"() RETURNS timestamptz LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  moment timestamptz := nullif(current_setting('thac.moment', true), '')::timestamptz;
BEGIN
  IF moment IS NOT NULL THEN RETURN moment; END IF;
  PERFORM pg_advisory_xact_lock(hashtext('thac.register'));
  SELECT timestamptz 'epoch' + interval '1 millisecond' * setval('public.register_clock',
           greatest(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint, last_value + 1))
    INTO moment FROM public.register_clock;
  PERFORM set_config('thac.moment', to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), true);
  RETURN moment;
END $$;--> statement-breakpoint
CREATE TYPE "public"."review_verdict" AS ENUM('valid', 'invalid', 'will-be-amended');--> statement-breakpoint
ALTER TYPE "public"."relation" ADD VALUE 'suspends' BEFORE 'corrects';--> statement-breakpoint
CREATE TABLE "substances" (
	"fingerprint" text PRIMARY KEY NOT NULL,
	"substance" jsonb NOT NULL
);--> statement-breakpoint
CREATE TABLE "reviews" (
	"id" uuid PRIMARY KEY NOT NULL,
	"plan_id" uuid NOT NULL,
	"parent_id" uuid NOT NULL,
	"verdict" "review_verdict" NOT NULL,
	"reason" text NOT NULL,
	"amendment" jsonb,
	"parent_fingerprint" text NOT NULL,
	"plan_fingerprint" text NOT NULL,
	"as_of" text NOT NULL,
	"given_by" text NOT NULL,
	"known_from" timestamp (3) with time zone DEFAULT register_moment() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "events" ALTER COLUMN "at" SET DEFAULT register_moment();--> statement-breakpoint
ALTER TABLE "plans" ALTER COLUMN "recorded_at" SET DEFAULT register_moment();--> statement-breakpoint
ALTER TABLE "plans" ALTER COLUMN "changed_at" SET DEFAULT register_moment();--> statement-breakpoint
ALTER TABLE "waivers" ALTER COLUMN "given_at" SET DEFAULT register_moment();--> statement-breakpoint
ALTER TABLE "citations" ADD COLUMN "effect_from" text;--> statement-breakpoint
ALTER TABLE "citations" ADD COLUMN "effect_until" text;--> statement-breakpoint
ALTER TABLE "citations" ADD COLUMN "part" text;--> statement-breakpoint
ALTER TABLE "citations" ADD COLUMN "changes" jsonb;--> statement-breakpoint
ALTER TABLE "citations" ADD COLUMN "judged_against" text;--> statement-breakpoint
ALTER TABLE "citations" ADD COLUMN "judged_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "citations" ADD COLUMN "judged_on" text;--> statement-breakpoint
ALTER TABLE "citations" ADD COLUMN "known_from" timestamp (3) with time zone DEFAULT register_moment() NOT NULL;--> statement-breakpoint
ALTER TABLE "findings" ADD COLUMN "known_from" timestamp (3) with time zone DEFAULT register_moment() NOT NULL;--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "effective_from" text;--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "draft" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "known_from" timestamp (3) with time zone DEFAULT register_moment() NOT NULL;--> statement-breakpoint
ALTER TABLE "targets" ADD COLUMN "known_from" timestamp (3) with time zone DEFAULT register_moment() NOT NULL;--> statement-breakpoint
ALTER TABLE "waivers" ADD COLUMN "known_from" timestamp (3) with time zone DEFAULT register_moment() NOT NULL;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_parent_id_plans_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reviews_plan" ON "reviews" USING btree ("plan_id","parent_id","id");--> statement-breakpoint
CREATE INDEX "reviews_parent" ON "reviews" USING btree ("parent_id");--> statement-breakpoint
-- What was recorded before this migration is known since its last change; what it was before that, nobody kept. A
-- citation is known once every plan it names is, so that no moment shows one that leads nowhere.
UPDATE "plans" SET "known_from" = "changed_at";--> statement-breakpoint
UPDATE "citations" SET "known_from" =
  (SELECT max("changed_at") FROM "plans" WHERE "id" = ANY (ARRAY["plan_id", "cited_id"] || "candidate_ids"));--> statement-breakpoint
UPDATE "targets" SET "known_from" = "changed_at" FROM "plans" WHERE "id" = "plan_id";--> statement-breakpoint
UPDATE "findings" SET "known_from" = "changed_at" FROM "plans" WHERE "id" = "plan_id";--> statement-breakpoint
UPDATE "waivers" SET "known_from" = "changed_at" FROM "plans" WHERE "id" = "plan_id";--> statement-breakpoint
SELECT setval('register_clock', floor(extract(epoch FROM greatest(
  clock_timestamp(), (SELECT max("at") FROM "events"), (SELECT max("changed_at") FROM "plans"))) * 1000)::bigint);--> statement-breakpoint
-- What rows were, from known_from to before known_to. The check holds as long as nothing but the register's clock makes
-- moments; a row that would end before it began must fail loudly, for it could not be found again.
CREATE SCHEMA "past";--> statement-breakpoint
CREATE TABLE "past"."plans" (LIKE "public"."plans", "known_to" timestamp (3) with time zone NOT NULL,
  PRIMARY KEY ("id", "known_to"), CHECK ("known_from" < "known_to"));--> statement-breakpoint
CREATE INDEX "plans_canonical_code" ON "past"."plans" ("canonical_code", "id");--> statement-breakpoint
CREATE INDEX "plans_identity" ON "past"."plans" ("identity");--> statement-breakpoint
CREATE TABLE "past"."citations" (LIKE "public"."citations", "known_to" timestamp (3) with time zone NOT NULL,
  PRIMARY KEY ("plan_id", "position", "known_to"), CHECK ("known_from" < "known_to"));--> statement-breakpoint
CREATE INDEX "citations_cited" ON "past"."citations" ("cited_id", "relation", "plan_id");--> statement-breakpoint
CREATE INDEX "citations_code" ON "past"."citations" ("canonical_code");--> statement-breakpoint
CREATE TABLE "past"."targets" (LIKE "public"."targets", "known_to" timestamp (3) with time zone NOT NULL,
  PRIMARY KEY ("plan_id", "position", "known_to"), CHECK ("known_from" < "known_to"));--> statement-breakpoint
CREATE TABLE "past"."findings" (LIKE "public"."findings", "known_to" timestamp (3) with time zone NOT NULL,
  PRIMARY KEY ("plan_id", "position", "known_to"), CHECK ("known_from" < "known_to"));--> statement-breakpoint
CREATE INDEX "findings_rule" ON "past"."findings" ("rule", "plan_id");--> statement-breakpoint
CREATE TABLE "past"."waivers" (LIKE "public"."waivers", "known_to" timestamp (3) with time zone NOT NULL,
  PRIMARY KEY ("plan_id", "position", "known_to"), CHECK ("known_from" < "known_to"));--> statement-breakpoint
-- Whoever writes the register, by hand too, does so at a moment and under the lock.
CREATE FUNCTION "past"."begin_moment"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM public.begin_register_moment();
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION "past"."refuse"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % would lose what the register knew', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;--> statement-breakpoint
-- The views of the schema known bear the names and columns of the tables and show what stood at the moment in the setting
-- thac.known_at, so that with search_path = known, public every query answers as it would have then.
CREATE SCHEMA "known";--> statement-breakpoint
-- Makes the triggers that keep the past of a table, and its view. A migration that adds a column to the table adds it to
-- that of the schema past as well, and calls this again: every name is written out, so no order of columns matters.
CREATE FUNCTION "past"."remember"("kind" text) RETURNS void LANGUAGE plpgsql AS $remember$
DECLARE
  names text;
  old_values text;
  generated_names text;
BEGIN
  SELECT string_agg(format('%I', attname), ', ' ORDER BY attnum),
         string_agg(format('OLD.%I', attname), ', ' ORDER BY attnum),
         coalesce(string_agg(format('NEW.%1$I := OLD.%1$I;', attname), ' ') FILTER (WHERE attgenerated <> ''), '')
    INTO names, old_values, generated_names
    FROM pg_attribute WHERE attrelid = format('public.%I', kind)::regclass AND attnum > 0 AND NOT attisdropped;

  EXECUTE format($sql$
    CREATE OR REPLACE FUNCTION past.%5$I() RETURNS trigger LANGUAGE plpgsql AS $keep$
    DECLARE
      moment timestamptz := public.begin_register_moment();
    BEGIN
      IF TG_OP = 'UPDATE' THEN
        -- A generated column has no new value yet; it differs only where another column does. By image, because equal
        -- jsonb may be written differently, 1.5 and 1.50.
        NEW.known_from := OLD.known_from; %4$s
        IF NEW OPERATOR(pg_catalog.*=) OLD THEN RETURN NEW; END IF;
        NEW.known_from := moment;
      END IF;
      -- What this transaction wrote itself, nobody has ever seen.
      IF OLD.known_from <> moment THEN INSERT INTO past.%1$I (%2$s, known_to) VALUES (%3$s, moment); END IF;
      RETURN CASE TG_OP WHEN 'UPDATE' THEN NEW ELSE OLD END;
    END $keep$
  $sql$, kind, names, old_values, generated_names, 'keep_' || kind);
  EXECUTE format('CREATE OR REPLACE TRIGGER keep_past BEFORE UPDATE OR DELETE ON public.%I FOR EACH ROW EXECUTE FUNCTION past.%I()', kind, 'keep_' || kind);
  EXECUTE format('CREATE OR REPLACE TRIGGER begin_moment BEFORE INSERT OR UPDATE OR DELETE ON public.%I FOR EACH STATEMENT EXECUTE FUNCTION past.begin_moment()', kind);
  EXECUTE format('CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON public.%I FOR EACH STATEMENT EXECUTE FUNCTION past.refuse()', kind);

  -- The conditions stand around the union: a branch that has one of its own is planned alone, and a join with it reads the
  -- whole table instead of its index.
  EXECUTE format('DROP VIEW IF EXISTS known.%I', kind);
  EXECUTE format($sql$
    CREATE VIEW known.%1$I AS
      SELECT %2$s
        FROM (SELECT %2$s, 'infinity'::timestamptz(3) AS known_to FROM public.%1$I
              UNION ALL SELECT %2$s, known_to FROM past.%1$I) AS ever
       WHERE known_from <= current_setting('thac.known_at')::timestamptz AND known_to > current_setting('thac.known_at')::timestamptz
  $sql$, kind, names);
END $remember$;--> statement-breakpoint
SELECT "past"."remember"("kind") FROM unnest(ARRAY['plans', 'citations', 'targets', 'findings', 'waivers']) AS "kind";--> statement-breakpoint
-- Reviews and events are never changed, so they have no past.
CREATE TRIGGER "begin_moment" BEFORE INSERT ON "reviews" FOR EACH STATEMENT EXECUTE FUNCTION "past"."begin_moment"();--> statement-breakpoint
CREATE TRIGGER "keep_all" BEFORE UPDATE OR DELETE OR TRUNCATE ON "reviews" FOR EACH STATEMENT EXECUTE FUNCTION "past"."refuse"();--> statement-breakpoint
CREATE VIEW "known"."reviews" AS SELECT * FROM "public"."reviews" WHERE "known_from" <= current_setting('thac.known_at')::timestamptz;--> statement-breakpoint
CREATE VIEW "known"."events" AS SELECT * FROM "public"."events" WHERE "at" <= current_setting('thac.known_at')::timestamptz;
