CREATE TABLE "client_code" (
	"org_id" uuid NOT NULL,
	"code_hash" text NOT NULL,
	"client_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"session_id" text NOT NULL,
	"redirect_uri" text NOT NULL,
	"code_challenge" text NOT NULL,
	"scopes" text[] NOT NULL,
	"issued_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"spent_at" timestamp (3) with time zone,
	"token_id" uuid,
	CONSTRAINT "client_code_org_id_code_hash_pk" PRIMARY KEY("org_id","code_hash")
);
--> statement-breakpoint
CREATE TABLE "accounting_suspension" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	"agency" text NOT NULL,
	"form" text NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"member_id" uuid NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "accounting_suspension_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "agreement_event" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"agreement_id" uuid NOT NULL,
	"type" text NOT NULL,
	"actor_id" uuid NOT NULL,
	"approval_id" uuid,
	"at" timestamp (3) with time zone NOT NULL,
	"effective_from" timestamp (3) with time zone,
	"effective_until" timestamp (3) with time zone,
	"reference" text,
	"reason" text,
	CONSTRAINT "agreement_event_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "coding_pass" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"chart_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"revealed_at" timestamp (3) with time zone,
	CONSTRAINT "coding_pass_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "pass_line" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"pass_id" uuid NOT NULL,
	"chart_id" uuid NOT NULL,
	"system" text NOT NULL,
	"code" text NOT NULL,
	"kind" text NOT NULL,
	"role" text NOT NULL,
	"poa" text,
	"evidence" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "pass_line_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "privacy_request" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"requester" text NOT NULL,
	"received_on" date NOT NULL,
	"due_on" date,
	"extended" boolean DEFAULT false NOT NULL,
	"paid_in_full" boolean DEFAULT false NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"assignee_id" uuid,
	"assigned_by" uuid,
	"decision" text,
	"denial_reason" text,
	"decided_at" timestamp (3) with time zone,
	"denied_by" uuid,
	"close_reason" text,
	"closed_at" timestamp (3) with time zone,
	CONSTRAINT "privacy_request_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "privacy_request_event" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"type" text NOT NULL,
	"actor_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"assignee_id" uuid,
	"decision" text,
	"denial_reason" text,
	"note" "bytea",
	CONSTRAINT "privacy_request_event_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "legal_hold" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"reference" text NOT NULL,
	"placed_by" uuid NOT NULL,
	"placed_at" timestamp (3) with time zone NOT NULL,
	"lifted_by" uuid,
	"lifted_at" timestamp (3) with time zone,
	"lift_reason" text,
	CONSTRAINT "legal_hold_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "tombstone" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	"subject_ref" text NOT NULL,
	"blind_indexes" "bytea"[] NOT NULL,
	"reason" text NOT NULL,
	"requested_by" uuid NOT NULL,
	"approved_by" uuid NOT NULL,
	"chart_count" integer NOT NULL,
	"deleted_at" timestamp (3) with time zone NOT NULL,
	"signature" text NOT NULL,
	CONSTRAINT "tombstone_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "chart" ADD COLUMN "deleted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "client" ADD COLUMN "approved_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "client" ADD COLUMN "approved_by" uuid;--> statement-breakpoint
ALTER TABLE "client" ADD COLUMN "operation_hashes" text[];--> statement-breakpoint
ALTER TABLE "client" ADD COLUMN "cost_per_minute" integer;--> statement-breakpoint
ALTER TABLE "client" ADD COLUMN "networks" text[];--> statement-breakpoint
ALTER TABLE "client" ADD COLUMN "redirect_uris" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "client_token" ADD COLUMN "member_id" uuid;--> statement-breakpoint
ALTER TABLE "client_token" ADD COLUMN "user_id" text;--> statement-breakpoint
ALTER TABLE "client_token" ADD COLUMN "session_id" text;--> statement-breakpoint
ALTER TABLE "vendor_agreement" ADD COLUMN "approved_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "vendor_agreement" ADD COLUMN "approved_by" uuid;--> statement-breakpoint
ALTER TABLE "consent" ADD COLUMN "expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "disclosure" ADD COLUMN "part2" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "disclosure" ADD COLUMN "through_name" text;--> statement-breakpoint
ALTER TABLE "agreement" ADD COLUMN "qualified_from" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "agreement" ADD COLUMN "qualified_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "facility" ADD COLUMN "retention_years" integer DEFAULT 7 NOT NULL;--> statement-breakpoint
CREATE INDEX "client_code_by_expiry" ON "client_code" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "accounting_suspension_by_patient" ON "accounting_suspension" USING btree ("org_id","patient_id","until");--> statement-breakpoint
CREATE INDEX "agreement_event_by_agreement" ON "agreement_event" USING btree ("org_id","agreement_id");--> statement-breakpoint
CREATE UNIQUE INDEX "coding_pass_open" ON "coding_pass" USING btree ("org_id","chart_id","member_id") WHERE revealed_at is null;--> statement-breakpoint
CREATE INDEX "pass_line_by_pass" ON "pass_line" USING btree ("org_id","pass_id");--> statement-breakpoint
CREATE INDEX "privacy_request_queue" ON "privacy_request" USING btree ("org_id","facility_id","recorded_at");--> statement-breakpoint
CREATE INDEX "privacy_request_in_hand" ON "privacy_request" USING btree ("org_id","assignee_id","facility_id") WHERE state in ('ASSIGNED', 'DECIDED');--> statement-breakpoint
CREATE INDEX "privacy_request_event_by_request" ON "privacy_request_event" USING btree ("org_id","request_id","version");--> statement-breakpoint
CREATE INDEX "legal_hold_by_patient" ON "legal_hold" USING btree ("org_id","patient_id");--> statement-breakpoint
CREATE INDEX "tombstone_by_facility" ON "tombstone" USING btree ("org_id","facility_id","deleted_at");--> statement-breakpoint
CREATE INDEX "consent_in_force_until" ON "consent" USING btree ("expires_at") WHERE status = 'ACTIVE';
--> statement-breakpoint
-- Bases and consents: what the table definitions cannot say.
alter table agreement add constraint qualified_for_a_time check (qualified_until > qualified_from);
alter table agreement_event add foreign key (org_id, agreement_id) references agreement (org_id, id);
alter table agreement_event add foreign key (org_id, actor_id) references member (org_id, id);
alter table agreement_event add foreign key (org_id, approval_id) references approval (org_id, id);
-- Undertakings come into force on a paper that a second person approved, and end with a reason.
alter table agreement_event add constraint said_whole check (case type
  when 'QUALIFIED' then approval_id is not null and effective_from is not null and reference is not null and reason is null
  else reason is not null and effective_until is not null end);
alter table agreement_event enable row level security;
alter table agreement_event force row level security;
create policy organisation on agreement_event using (org_id = (select chartroom_org())) with check (org_id = (select chartroom_org()));
grant select, insert on agreement_event to chartroom_app;
create trigger append_only before update or delete on agreement_event for each row execute function refuse_change();
create trigger append_only_truncate before truncate on agreement_event for each statement execute function refuse_change();
--> statement-breakpoint
-- Which consents the calendar has ended, or nobody knows when it will, is asked of all organisations at once, by this
-- function alone: ids, nothing else.
create function consents_due(at timestamptz) returns table (org_id uuid, consent_id uuid)
  language sql stable security definer set search_path = public
  as $$ select c.org_id, c.id from consent c
        where c.status = 'ACTIVE' and (c.expires_at is null or c.expires_at <= at) limit 500 $$;
do $$ begin
  execute format('create policy expiry_lookup on consent for select to %I using (true)', current_user);
end $$;
grant execute on function consents_due(timestamptz) to chartroom_app;

--> statement-breakpoint
-- Third parties: what the table definitions cannot say.
-- Whoever registered something does not approve it.
alter table vendor_agreement add foreign key (org_id, approved_by) references member (org_id, id);
alter table vendor_agreement add constraint approved_by_a_second_person check (approved_by <> created_by and (approved_by is null or approved_at is not null));
alter table client add foreign key (org_id, approved_by) references member (org_id, id);
alter table client add constraint approved_by_a_second_person check (approved_by <> created_by and (approved_by is null or approved_at is not null));
alter table client add constraint cost_is_positive check (cost_per_minute > 0);
alter table client_token add foreign key (org_id, member_id) references member (org_id, id);
alter table client_token add constraint for_a_person_or_none check (num_nonnulls(member_id, user_id, session_id) in (0, 3));
alter table client_code add foreign key (org_id, client_id) references client (org_id, id);
alter table client_code add foreign key (org_id, member_id) references member (org_id, id);
alter table client_code add constraint a_minute_at_most check (expires_at > issued_at and expires_at <= issued_at + interval '60 seconds');
-- What was registered before a second person was asked stays in force.
alter table vendor_agreement no force row level security;
alter table client no force row level security;
update vendor_agreement set approved_at = created_at;
update client set approved_at = created_at;
alter table vendor_agreement force row level security;
alter table client force row level security;
alter table client_code enable row level security;
alter table client_code force row level security;
create policy organisation on client_code using (org_id = (select chartroom_org())) with check (org_id = (select chartroom_org()));
grant select, insert, delete on client_code to chartroom_app;
grant update (spent_at, token_id) on client_code to chartroom_app;
grant update (approved_at, approved_by) on vendor_agreement to chartroom_app;
grant update (approved_at, approved_by, scopes, operation_hashes, cost_per_minute, networks, redirect_uris) on client to chartroom_app;
--> statement-breakpoint
-- Which programs may act at a moment, and which tokens: asked by every request, by open streams, by their sweep and by the
-- watch over sockets, and answered here alone. A token for a person also ends with that person's sign-in or membership.
create function clients_in_force(org uuid, at timestamptz)
  returns table (client_id uuid, agreement_id uuid, epoch integer, ends timestamptz)
  language sql stable
  as $$ select c.id, a.id, c.access_epoch + a.access_epoch, a.effective_until
        from client c join vendor_agreement a on a.org_id = c.org_id and a.id = c.agreement_id
        where c.org_id = org and c.approved_at is not null and a.approved_at is not null
          and c.suspended_at is null and a.ended_at is null and c.purpose = any (a.purposes)
          and a.effective_from <= at and (a.effective_until is null or a.effective_until > at) $$;
create function client_tokens_in_force(org uuid, at timestamptz)
  returns table (token_id uuid, client_id uuid, agreement_id uuid, actor_id uuid, epoch integer, ends timestamptz)
  language sql stable
  as $$ select t.id, t.client_id, f.agreement_id, coalesce(m.id, t.client_id), f.epoch + coalesce(m.access_epoch, 0),
          least(t.expires_at, f.ends, s.expires_at)
        from client_token t
        join clients_in_force(org, at) f on f.client_id = t.client_id
        left join member m on m.org_id = t.org_id and m.id = t.member_id and m.disabled_at is null
        left join auth_session s on s.id = t.session_id and s.user_id = m.user_id and s.expires_at > at
        where t.org_id = org and t.revoked_at is null and t.expires_at > at
          and (t.member_id is null or s.id is not null) $$;
grant execute on function clients_in_force(uuid, timestamptz) to chartroom_app;
grant execute on function client_tokens_in_force(uuid, timestamptz) to chartroom_app;

--> statement-breakpoint
-- Retention: what the table definitions cannot say.
alter table legal_hold add foreign key (org_id, facility_id) references facility (org_id, id);
alter table legal_hold add foreign key (org_id, patient_id) references patient (org_id, id);
alter table legal_hold add foreign key (org_id, placed_by) references member (org_id, id);
alter table legal_hold add foreign key (org_id, lifted_by) references member (org_id, id);
alter table legal_hold add constraint lifted_whole check (num_nonnulls(lifted_at, lifted_by, lift_reason) in (0, 3));
alter table tombstone add foreign key (org_id, facility_id) references facility (org_id, id);
alter table tombstone add foreign key (org_id, patient_id) references patient (org_id, id);
alter table tombstone add constraint decided_by_two check (approved_by <> requested_by);
alter table facility add constraint retention_of_years check (retention_years between 0 and 100);
-- A destroyed key never comes back.
alter table patient_key add constraint destroyed_is_gone check ((destroyed_at is null) = (wrapped is not null));
--> statement-breakpoint
do $$
declare name text;
begin
  foreach name in array array['legal_hold', 'tombstone'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy organisation on %I using (org_id = (select chartroom_org())) with check (org_id = (select chartroom_org()))', name);
    execute format('grant select, insert on %I to chartroom_app', name);
  end loop;
end $$;
--> statement-breakpoint
grant update (lifted_by, lifted_at, lift_reason) on legal_hold to chartroom_app;
create trigger never_removed before delete on legal_hold for each row execute function refuse_change();
create trigger append_only before update or delete on tombstone for each row execute function refuse_change();
create trigger append_only_truncate before truncate on tombstone for each statement execute function refuse_change();
--> statement-breakpoint
-- A document version is immutable, but for the time of its writing once its patient's key is destroyed: all else of it
-- that tells of a person was sealed under that key.
create or replace function refuse_version_change() returns trigger language plpgsql as $$
begin
  if new.authored_at is null and exists (
    select from chart c join patient_key k on k.org_id = c.org_id and k.patient_id = c.patient_id
    where c.org_id = old.org_id and c.id = old.chart_id and k.destroyed_at is not null)
  then old.authored_at := null;
  end if;
  if (new.org_id, new.id, new.document_id, new.chart_id, new.number, new.type, new.author_role, new.authored_at,
      new.encounter_part, new.header, new.text, new.text_sha256, new.scan, new.pages::text, new.original)
     is distinct from
     (old.org_id, old.id, old.document_id, old.chart_id, old.number, old.type, old.author_role, old.authored_at,
      old.encounter_part, old.header, old.text, old.text_sha256, old.scan, old.pages::text, old.original)
  then raise exception 'a document version is immutable; an amendment is a new version' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

--> statement-breakpoint
-- Requests of patients: what the table definitions cannot say.
alter table privacy_request add foreign key (org_id, facility_id) references facility (org_id, id);
alter table privacy_request add foreign key (org_id, patient_id) references patient (org_id, id);
alter table privacy_request add foreign key (org_id, recorded_by) references member (org_id, id);
alter table privacy_request add foreign key (org_id, assignee_id) references member (org_id, id);
alter table privacy_request add foreign key (org_id, assigned_by) references member (org_id, id);
alter table privacy_request add foreign key (org_id, denied_by) references member (org_id, id);
alter table privacy_request add constraint in_hand_of_somebody check ((assignee_id is null) = (assigned_by is null) and (assignee_id is not null or state in ('OPEN', 'CLOSED')));
alter table privacy_request add constraint decided_whole check ((decision is null) = (decided_at is null) and (state <> 'DECIDED' or decision is not null));
alter table privacy_request add constraint denied_with_reason check ((denial_reason is not null) = (decision is not null and decision <> 'GRANTED'));
alter table privacy_request add constraint closed_whole check ((state = 'CLOSED') = (closed_at is not null) and (closed_at is null) = (close_reason is null));
alter table privacy_request add constraint not_denied_twice_by_one check (denied_by <> assignee_id);
alter table privacy_request_event add foreign key (org_id, request_id) references privacy_request (org_id, id);
alter table privacy_request_event add foreign key (org_id, actor_id) references member (org_id, id);
alter table privacy_request_event add constraint one_step_a_version unique (org_id, request_id, version);
--> statement-breakpoint
do $$
declare name text;
begin
  foreach name in array array['privacy_request', 'privacy_request_event'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy organisation on %I using (org_id = (select chartroom_org())) with check (org_id = (select chartroom_org()))', name);
    execute format('grant select, insert on %I to chartroom_app', name);
  end loop;
end $$;
--> statement-breakpoint
-- What was asked, by whom and when, never changes; where it stands does, until it is closed.
grant update (state, version, due_on, extended, assignee_id, assigned_by, decision, denial_reason, decided_at, denied_by, close_reason, closed_at) on privacy_request to chartroom_app;
create trigger never_removed before delete on privacy_request for each row execute function refuse_change();
create trigger append_only_truncate before truncate on privacy_request for each statement execute function refuse_change();
create trigger append_only before update or delete on privacy_request_event for each row execute function refuse_change();
create trigger append_only_truncate before truncate on privacy_request_event for each statement execute function refuse_change();
create function refuse_reopening() returns trigger language plpgsql as $$
begin
  raise exception 'a closed request stays closed';
end $$;
create trigger closed_for_good before update on privacy_request for each row when (old.state = 'CLOSED') execute function refuse_reopening();
--> statement-breakpoint
-- Suspensions of accountings: what the table definitions cannot say.
alter table accounting_suspension add foreign key (org_id, facility_id) references facility (org_id, id);
alter table accounting_suspension add foreign key (org_id, patient_id) references patient (org_id, id);
alter table accounting_suspension add foreign key (org_id, member_id) references member (org_id, id);
alter table accounting_suspension add constraint orally_for_thirty_days check (until > recorded_at and (form = 'WRITTEN' or until <= recorded_at + interval '30 days'));
alter table accounting_suspension enable row level security;
alter table accounting_suspension force row level security;
create policy organisation on accounting_suspension using (org_id = (select chartroom_org())) with check (org_id = (select chartroom_org()));
grant select, insert on accounting_suspension to chartroom_app;
create trigger append_only before update or delete on accounting_suspension for each row execute function refuse_change();
create trigger append_only_truncate before truncate on accounting_suspension for each statement execute function refuse_change();

--> statement-breakpoint
-- Blind passes: what the table definitions cannot say.
alter table coding_pass add foreign key (org_id, chart_id) references chart (org_id, id);
alter table coding_pass add foreign key (org_id, member_id) references member (org_id, id);
alter table pass_line add foreign key (org_id, pass_id) references coding_pass (org_id, id);
alter table pass_line add foreign key (org_id, chart_id) references chart (org_id, id);
--> statement-breakpoint
do $$
declare name text;
begin
  foreach name in array array['coding_pass', 'pass_line'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy organisation on %I using (org_id = (select chartroom_org())) with check (org_id = (select chartroom_org()))', name);
    execute format('grant select, insert on %I to chartroom_app', name);
  end loop;
end $$;
--> statement-breakpoint
-- A pass is revealed once and a line taken away once; neither is unmade.
grant update (revealed_at) on coding_pass to chartroom_app;
grant update (removed_at) on pass_line to chartroom_app;
create trigger never_removed before delete on coding_pass for each row execute function refuse_change();
create trigger never_removed before delete on pass_line for each row execute function refuse_change();
create function refuse_unrevealing() returns trigger language plpgsql as $$
begin
  raise exception 'a revealed pass stays revealed';
end $$;
create trigger revealed_once before update on coding_pass for each row when (old.revealed_at is not null) execute function refuse_unrevealing();
