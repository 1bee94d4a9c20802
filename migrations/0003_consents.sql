CREATE TABLE "consent" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"content" "bytea" NOT NULL,
	"withdrawn_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"end_reason" text,
	CONSTRAINT "consent_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "consent_event" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"consent_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"type" text NOT NULL,
	"actor_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone,
	"content" "bytea",
	"note" "bytea",
	CONSTRAINT "consent_event_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "consent_reliance" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"consent_id" uuid NOT NULL,
	"disclosure_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "consent_reliance_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "restriction" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	"chart_id" uuid,
	"self_pay" boolean NOT NULL,
	"purposes" text[] NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"content" "bytea" NOT NULL,
	"agreed_at" timestamp (3) with time zone NOT NULL,
	"lifted_at" timestamp (3) with time zone,
	"lift_reason" text,
	CONSTRAINT "restriction_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "restriction_event" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"restriction_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"type" text NOT NULL,
	"actor_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"note" "bytea",
	CONSTRAINT "restriction_event_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "agreement" ADD COLUMN "classes" text[] DEFAULT '{"OPEN","WORK","ACCOUNT_REF","IDENTITY","CLINICAL","QUALITY","MONEY"}' NOT NULL;--> statement-breakpoint
ALTER TABLE "agreement" ADD COLUMN "qualified_service_organisation" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "consent_by_patient" ON "consent" USING btree ("org_id","patient_id");--> statement-breakpoint
CREATE INDEX "consent_event_by_consent" ON "consent_event" USING btree ("org_id","consent_id");--> statement-breakpoint
CREATE INDEX "consent_reliance_by_consent" ON "consent_reliance" USING btree ("org_id","consent_id");--> statement-breakpoint
CREATE INDEX "restriction_by_patient" ON "restriction" USING btree ("org_id","patient_id");--> statement-breakpoint
CREATE INDEX "restriction_event_by_restriction" ON "restriction_event" USING btree ("org_id","restriction_id");
--> statement-breakpoint
-- What the table definitions cannot say.
alter table consent add foreign key (org_id, facility_id) references facility (org_id, id);
alter table consent add foreign key (org_id, patient_id) references patient (org_id, id);
alter table consent_event add foreign key (org_id, consent_id) references consent (org_id, id);
alter table consent_reliance add foreign key (org_id, consent_id) references consent (org_id, id);
alter table restriction add foreign key (org_id, facility_id) references facility (org_id, id);
alter table restriction add foreign key (org_id, patient_id) references patient (org_id, id);
alter table restriction add foreign key (org_id, chart_id) references chart (org_id, id);
alter table restriction_event add foreign key (org_id, restriction_id) references restriction (org_id, id);
-- One event makes one version of a consent: its life has no gap and no fork.
create unique index consent_event_version on consent_event (org_id, consent_id, version);
create unique index restriction_event_version on restriction_event (org_id, restriction_id, version);
--> statement-breakpoint
do $$
declare name text;
begin
  foreach name in array array['consent', 'consent_event', 'consent_reliance', 'restriction', 'restriction_event'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy organisation on %I using (org_id = (select chartroom_org())) with check (org_id = (select chartroom_org()))', name);
    execute format('grant select, insert on %I to chartroom_app', name);
  end loop;
end $$;
--> statement-breakpoint
-- A consent and a restriction move on and are kept; their lives, and what was relied on, are never changed at all.
grant update on consent, restriction to chartroom_app;
create trigger never_removed before delete on consent for each row execute function refuse_change();
create trigger never_removed before delete on restriction for each row execute function refuse_change();
create trigger append_only before update or delete on consent_event for each row execute function refuse_change();
create trigger append_only before update or delete on consent_reliance for each row execute function refuse_change();
create trigger append_only before update or delete on restriction_event for each row execute function refuse_change();
create trigger append_only_truncate before truncate on consent_event for each statement execute function refuse_change();
create trigger append_only_truncate before truncate on consent_reliance for each statement execute function refuse_change();
create trigger append_only_truncate before truncate on restriction_event for each statement execute function refuse_change();
