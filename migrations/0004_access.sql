CREATE TABLE "approval" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"summary" text NOT NULL,
	"change" jsonb NOT NULL,
	"requested_by" uuid NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp (3) with time zone,
	"decline_reason" text,
	CONSTRAINT "approval_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "break_glass" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"chart_id" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"note" "bytea" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"review_due" timestamp (3) with time zone NOT NULL,
	"escalated_at" timestamp (3) with time zone,
	"reviewed_at" timestamp (3) with time zone,
	"reviewer_id" uuid,
	"verdict" text,
	"review_note" "bytea",
	CONSTRAINT "break_glass_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "help" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"chart_id" uuid NOT NULL,
	"suggestion_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "help_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "client" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"agreement_id" uuid NOT NULL,
	"name" text NOT NULL,
	"purpose" text NOT NULL,
	"scopes" text[] NOT NULL,
	"secret_version" integer DEFAULT 1 NOT NULL,
	"previous_secret_until" timestamp (3) with time zone,
	"suspended_at" timestamp (3) with time zone,
	"access_epoch" integer DEFAULT 0 NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "client_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "client_name" UNIQUE("org_id","name")
);
--> statement-breakpoint
CREATE TABLE "client_ticket" (
	"org_id" uuid NOT NULL,
	"ticket_hash" text NOT NULL,
	"token_id" uuid NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "client_ticket_org_id_ticket_hash_pk" PRIMARY KEY("org_id","ticket_hash")
);
--> statement-breakpoint
CREATE TABLE "client_token" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"scopes" text[] NOT NULL,
	"issued_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "client_token_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "vendor_agreement" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"vendor_name" text NOT NULL,
	"facility_ids" uuid[] NOT NULL,
	"purposes" text[] NOT NULL,
	"scopes" text[] NOT NULL,
	"effective_from" timestamp (3) with time zone NOT NULL,
	"effective_until" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"access_epoch" integer DEFAULT 0 NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "vendor_agreement_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "disclosure" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	"chart_id" uuid,
	"at" timestamp (3) with time zone NOT NULL,
	"recipient_name" text NOT NULL,
	"recipient_address" text,
	"kind" text NOT NULL,
	"submission_number" integer,
	"purpose" text NOT NULL,
	"exemption" text,
	"consent_ids" uuid[] NOT NULL,
	"suspended_until" timestamp (3) with time zone,
	"member_id" uuid NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "disclosure_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "finding" ADD COLUMN "guideline_sealed" "bytea";--> statement-breakpoint
ALTER TABLE "assignment" ADD COLUMN "assigned_by" uuid;--> statement-breakpoint
ALTER TABLE "assignment" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "assignment" ADD COLUMN "ended_by" uuid;--> statement-breakpoint
ALTER TABLE "assignment" ADD COLUMN "end_reason" text;--> statement-breakpoint
CREATE INDEX "approval_queue" ON "approval" USING btree ("org_id","state","requested_at");--> statement-breakpoint
CREATE INDEX "break_glass_in_force" ON "break_glass" USING btree ("org_id","chart_id","member_id","until");--> statement-breakpoint
CREATE INDEX "break_glass_queue" ON "break_glass" USING btree ("org_id","facility_id","at");--> statement-breakpoint
CREATE INDEX "help_in_force" ON "help" USING btree ("org_id","chart_id","until");--> statement-breakpoint
CREATE INDEX "client_by_agreement" ON "client" USING btree ("org_id","agreement_id");--> statement-breakpoint
CREATE INDEX "client_ticket_by_expiry" ON "client_ticket" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "client_token_by_expiry" ON "client_token" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "disclosure_by_patient" ON "disclosure" USING btree ("org_id","patient_id","at");--> statement-breakpoint
CREATE INDEX "chart_in_coding_until" ON "chart" USING btree ("assigned_until") WHERE status = 'IN_CODING';--> statement-breakpoint
CREATE INDEX "access_record_by_actor" ON "access_record" USING btree ("org_id","actor_id","seq");--> statement-breakpoint
CREATE INDEX "access_record_by_subject" ON "access_record" USING gin ("subject_refs");
--> statement-breakpoint
-- Help, and what two people decide together: what the table definitions cannot say.
alter table help add foreign key (org_id, chart_id) references chart (org_id, id);
alter table help add foreign key (org_id, member_id) references member (org_id, id);
alter table help add constraint a_day_at_most check (until > asked_at and until <= asked_at + interval '25 hours');
alter table assignment add foreign key (org_id, assigned_by) references member (org_id, id);
alter table assignment add foreign key (org_id, ended_by) references member (org_id, id);
alter table assignment add constraint ended_with_reason check ((ended_by is null) = (end_reason is null));
-- A part is taken by oneself, without reason, or given by somebody else, with one.
alter table assignment add constraint given_by_another check ((assigned_by is null) = (reason is null) and assigned_by <> member_id);
alter table approval add foreign key (org_id, requested_by) references member (org_id, id);
alter table approval add foreign key (org_id, decided_by) references member (org_id, id);
alter table approval add constraint decided_by_a_second_person check (decided_by <> requested_by);
alter table approval add constraint decided_whole check (num_nonnulls(decided_by, decided_at) = case state when 'PENDING' then 0 else 2 end);
alter table approval add constraint declined_with_reason check ((state = 'DECLINED') = (decline_reason is not null));
--> statement-breakpoint
do $$
declare name text;
begin
  foreach name in array array['help', 'approval'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy organisation on %I using (org_id = (select chartroom_org())) with check (org_id = (select chartroom_org()))', name);
    execute format('grant select, insert on %I to chartroom_app', name);
  end loop;
end $$;
--> statement-breakpoint
-- What was asked never changes; a request is decided once.
grant update (state, decided_by, decided_at, decline_reason) on approval to chartroom_app;
create trigger append_only before update or delete on help for each row execute function refuse_change();
create trigger append_only_truncate before truncate on help for each statement execute function refuse_change();
create trigger never_removed before delete on approval for each row execute function refuse_change();
create trigger append_only_truncate before truncate on approval for each statement execute function refuse_change();
create function refuse_second_decision() returns trigger language plpgsql as $$
begin
  raise exception 'a decided request is not decided again';
end $$;
create trigger decided_once before update on approval for each row when (old.state <> 'PENDING') execute function refuse_second_decision();

--> statement-breakpoint
-- Break-glass and disclosures: what the table definitions cannot say.
alter table break_glass add foreign key (org_id, facility_id) references facility (org_id, id);
alter table break_glass add foreign key (org_id, chart_id) references chart (org_id, id);
alter table break_glass add foreign key (org_id, patient_id) references patient (org_id, id);
alter table break_glass add foreign key (org_id, member_id) references member (org_id, id);
alter table break_glass add foreign key (org_id, reviewer_id) references member (org_id, id);
-- An hour at most, and nobody reviews their own.
alter table break_glass add constraint an_hour_at_most check (until > at and until <= at + interval '60 minutes');
alter table break_glass add constraint reviewed_by_a_second_person check (reviewer_id <> member_id);
alter table break_glass add constraint reviewed_whole check (num_nonnulls(reviewed_at, reviewer_id, verdict) in (0, 3));
alter table disclosure add foreign key (org_id, facility_id) references facility (org_id, id);
alter table disclosure add foreign key (org_id, patient_id) references patient (org_id, id);
alter table disclosure add foreign key (org_id, chart_id) references chart (org_id, id);
--> statement-breakpoint
do $$
declare name text;
begin
  foreach name in array array['break_glass', 'disclosure'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy organisation on %I using (org_id = (select chartroom_org())) with check (org_id = (select chartroom_org()))', name);
    execute format('grant select, insert on %I to chartroom_app', name);
  end loop;
end $$;
--> statement-breakpoint
-- What was opened, by whom, why and how long never changes; only its review is added.
grant update (escalated_at, reviewed_at, reviewer_id, verdict, review_note) on break_glass to chartroom_app;
create trigger never_removed before delete on break_glass for each row execute function refuse_change();
create trigger append_only before update or delete on disclosure for each row execute function refuse_change();
create trigger append_only_truncate before truncate on disclosure for each statement execute function refuse_change();
create trigger append_only_truncate before truncate on break_glass for each statement execute function refuse_change();

--> statement-breakpoint
-- Third parties: what the table definitions cannot say.
alter table vendor_agreement add foreign key (org_id, created_by) references member (org_id, id);
alter table vendor_agreement add constraint begins_before_it_ends check (effective_until > effective_from);
alter table client add foreign key (org_id, agreement_id) references vendor_agreement (org_id, id);
alter table client add foreign key (org_id, created_by) references member (org_id, id);
alter table client_token add foreign key (org_id, client_id) references client (org_id, id);
alter table client_token add constraint ten_minutes_at_most check (expires_at > issued_at and expires_at <= issued_at + interval '10 minutes');
alter table client_ticket add foreign key (org_id, token_id) references client_token (org_id, id) on delete cascade;
--> statement-breakpoint
do $$
declare name text;
begin
  foreach name in array array['vendor_agreement', 'client', 'client_token', 'client_ticket'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy organisation on %I using (org_id = (select chartroom_org())) with check (org_id = (select chartroom_org()))', name);
    execute format('grant select, insert on %I to chartroom_app', name);
  end loop;
end $$;
--> statement-breakpoint
-- What was agreed and registered never changes; only its state does.
grant update (ended_at, access_epoch) on vendor_agreement to chartroom_app;
grant update (secret_version, previous_secret_until, suspended_at, access_epoch) on client to chartroom_app;
grant update (revoked_at) on client_token to chartroom_app;
grant delete on client_token, client_ticket to chartroom_app;
create trigger never_removed before delete on vendor_agreement for each row execute function refuse_change();
create trigger never_removed before delete on client for each row execute function refuse_change();
