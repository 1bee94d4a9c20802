CREATE TABLE "finding_step" (
	"org_id" uuid NOT NULL,
	"finding_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"audit_id" uuid NOT NULL,
	"chart_id" uuid NOT NULL,
	"type" text NOT NULL,
	"reason" text,
	"comment" "bytea",
	"actor_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone,
	CONSTRAINT "finding_step_org_id_finding_id_number_pk" PRIMARY KEY("org_id","finding_id","number")
);
--> statement-breakpoint
CREATE TABLE "quality_result" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"audit_id" uuid NOT NULL,
	"chart_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"auditor_id" uuid NOT NULL,
	"finding_ids" uuid[] NOT NULL,
	"closed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "quality_result_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "quality_result_of_member" UNIQUE("org_id","audit_id","member_id")
);
--> statement-breakpoint
CREATE TABLE "privacy_request_result" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"type" text NOT NULL,
	"subject_id" uuid,
	"actor_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"content" "bytea",
	"sha256" text,
	CONSTRAINT "privacy_request_result_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "audit" ADD COLUMN "answers_due_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "audit" ADD COLUMN "scoring_policy" text;--> statement-breakpoint
ALTER TABLE "audit" ADD COLUMN "scoring_version" integer;--> statement-breakpoint
ALTER TABLE "audit" ADD COLUMN "drg_holds" boolean;--> statement-breakpoint
CREATE INDEX "finding_step_by_audit" ON "finding_step" USING btree ("org_id","audit_id");--> statement-breakpoint
CREATE INDEX "quality_result_by_member" ON "quality_result" USING btree ("org_id","member_id","closed_at");--> statement-breakpoint
CREATE INDEX "quality_result_by_facility" ON "quality_result" USING btree ("org_id","facility_id","closed_at");--> statement-breakpoint
CREATE INDEX "privacy_request_result_by_request" ON "privacy_request_result" USING btree ("org_id","request_id","at");--> statement-breakpoint
CREATE INDEX "privacy_request_result_by_subject" ON "privacy_request_result" USING btree ("org_id","subject_id");
--> statement-breakpoint
-- Quality results: what the table definitions cannot say.
alter table finding_step add foreign key (org_id, finding_id) references finding (org_id, id);
alter table finding_step add foreign key (org_id, audit_id) references audit (org_id, id);
alter table finding_step add foreign key (org_id, chart_id) references chart (org_id, id);
alter table finding_step add foreign key (org_id, actor_id) references member (org_id, id);
alter table quality_result add foreign key (org_id, audit_id) references audit (org_id, id);
alter table quality_result add foreign key (org_id, chart_id) references chart (org_id, id);
alter table quality_result add foreign key (org_id, facility_id) references facility (org_id, id);
alter table quality_result add foreign key (org_id, member_id) references member (org_id, id);
alter table quality_result add foreign key (org_id, auditor_id) references member (org_id, id);
alter table finding_step add constraint disputed_with_words check (type = 'ACKNOWLEDGED' or comment is not null);
alter table finding_step add constraint reason_of_dispute check ((type = 'DISPUTED') = (reason is not null));
alter table audit add constraint closed_with_a_policy check (closed_at is null or status = 'CLOSED');
--> statement-breakpoint
do $$
declare name text;
begin
  foreach name in array array['finding_step', 'quality_result'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy organisation on %I using (org_id = (select chartroom_org())) with check (org_id = (select chartroom_org()))', name);
    execute format('grant select, insert on %I to chartroom_app', name);
    execute format('create trigger append_only before update or delete on %I for each row execute function refuse_change()', name);
    execute format('create trigger append_only_truncate before truncate on %I for each statement execute function refuse_change()', name);
  end loop;
end $$;
--> statement-breakpoint
-- A closed ledger stays closed and takes no more findings.
create function refuse_reopening_audit() returns trigger language plpgsql as $$
begin
  raise exception 'a closed audit stays closed';
end $$;
create trigger closed_for_good before update on audit for each row when (old.status = 'CLOSED') execute function refuse_reopening_audit();
create function refuse_late_finding() returns trigger language plpgsql as $$
begin
  if exists (select from audit a where a.org_id = new.org_id and a.id = new.audit_id and a.status = 'CLOSED') then
    raise exception 'a closed audit takes no more findings';
  end if;
  return new;
end $$;
create trigger while_open before insert on finding for each row execute function refuse_late_finding();

--> statement-breakpoint
-- What granted requests led to: kept as it was done.
alter table privacy_request_result add foreign key (org_id, request_id) references privacy_request (org_id, id);
alter table privacy_request_result add foreign key (org_id, actor_id) references member (org_id, id);
alter table privacy_request_result add constraint content_with_its_hash check ((content is null) = (sha256 is null));
alter table privacy_request_result add constraint about_something check ((subject_id is null) = (type = 'ACCOUNTING'));
alter table privacy_request_result enable row level security;
alter table privacy_request_result force row level security;
create policy organisation on privacy_request_result using (org_id = (select chartroom_org())) with check (org_id = (select chartroom_org()));
grant select, insert on privacy_request_result to chartroom_app;
create trigger append_only before update or delete on privacy_request_result for each row execute function refuse_change();
create trigger append_only_truncate before truncate on privacy_request_result for each statement execute function refuse_change();
