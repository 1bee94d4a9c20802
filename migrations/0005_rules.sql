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
ALTER TABLE "consent" ADD COLUMN "expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "agreement" ADD COLUMN "qualified_from" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "agreement" ADD COLUMN "qualified_until" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "agreement_event_by_agreement" ON "agreement_event" USING btree ("org_id","agreement_id");--> statement-breakpoint
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
