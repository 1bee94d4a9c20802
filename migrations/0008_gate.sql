CREATE TABLE "client_spending" (
	"org_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"spent" integer NOT NULL,
	CONSTRAINT "client_spending_org_id_client_id_pk" PRIMARY KEY("org_id","client_id")
);
--> statement-breakpoint
CREATE TABLE "desk_change" (
	"org_id" uuid NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "desk_change_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"member_id" uuid NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "desk_change_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "standing_change" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "standing_change_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"xact" bigint NOT NULL,
	"session_id" text,
	"member_id" uuid,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "comment" ADD COLUMN "mention_ids" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE INDEX "desk_change_of_member" ON "desk_change" USING btree ("org_id","member_id","id");--> statement-breakpoint
CREATE INDEX "desk_change_at" ON "desk_change" USING btree ("at");--> statement-breakpoint
CREATE INDEX "standing_change_xact" ON "standing_change" USING btree ("xact");--> statement-breakpoint
CREATE INDEX "standing_change_at" ON "standing_change" USING btree ("at");--> statement-breakpoint
CREATE INDEX "inbox_item_about_chart" ON "inbox_item" USING btree ("org_id","chart_id","member_id");--> statement-breakpoint
CREATE INDEX "tombstone_by_patient" ON "tombstone" USING btree ("org_id","patient_id");--> statement-breakpoint
CREATE INDEX "tombstone_by_look_up" ON "tombstone" USING gin ("blind_indexes");
--> statement-breakpoint
-- Whose standing is not what it was (server/live/standing.table.ts).
alter table standing_change alter column xact set default pg_current_xact_id()::text::bigint;
grant select on standing_change to chartroom_app;
create function note_sign_in() returns trigger
  language plpgsql security definer set search_path = public
  as $$ begin insert into standing_change (session_id) values (old.id); return null; end $$;
create function note_membership() returns trigger
  language plpgsql security definer set search_path = public
  as $$ begin insert into standing_change (member_id) values (old.id); return null; end $$;
create trigger standing_ended after delete on auth_session for each row execute function note_sign_in();
create trigger standing_shortened after update on auth_session for each row
  when (new.expires_at < old.expires_at or new.user_id <> old.user_id) execute function note_sign_in();
create trigger standing_changed after update on member for each row
  when ((old.access_epoch, old.user_id, old.disabled_at) is distinct from (new.access_epoch, new.user_id, new.disabled_at))
  execute function note_membership();
create trigger standing_ended after delete on member for each row execute function note_membership();
--> statement-breakpoint
-- What is kept for a time only, in all organisations at once: uploads nobody imported, the outcomes of commands older than
-- seven days, and, by the database's own clock, whose standing changed more than a day ago. Removes and counts; tells nothing.
create or replace function forget_expired(at timestamptz) returns integer
  language plpgsql volatile security definer set search_path = public as $$
declare uploads integer; outcomes integer;
begin
  delete from upload where expires_at < forget_expired.at;
  get diagnostics uploads = row_count;
  delete from command_outcome where command_outcome.at < forget_expired.at - interval '7 days';
  get diagnostics outcomes = row_count;
  delete from standing_change where standing_change.at < now() - interval '1 day';
  return uploads + outcomes;
end $$;
--> statement-breakpoint
-- What a node follows, asked once a second in one statement over all organisations. Told is what is no longer as the asker
-- knew it, null where it is gone:
-- LOG: the head of a log and the epochs of access to its chart; what is no log may be a board or an inbox.
-- SESSION: whose a sign-in is, the epoch, and until when it stands (in milliseconds); of a program's token whose it is and
--   the epoch. Asked are those that the asker does not know yet, whose end has come, and tokens; told are also those that
--   stand in standing_change since `since`.
-- ORGANISATION: its epoch. HORIZON: the `since` of the next asking.
-- It runs with the rights of whoever calls it, under the row level security of each organisation in turn. All texts but
-- `orgs` and `epochs` have a part for each of `orgs`, parted by `;`; items are parted by `,`.
drop function live_changes(timestamptz, text, text, text, text, text);
create function live_changes(
    at timestamptz, since bigint, orgs text, epochs text, streams text, heads text, sessions text, people text)
  returns table (org text, of text, id text, is_now text)
  language plpgsql volatile set search_path = public
  as $$
declare
  all_epochs text[] := string_to_array(epochs, ',');
  all_streams text[] := string_to_array(streams, ';');
  all_heads text[] := string_to_array(heads, ';');
  all_sessions text[] := string_to_array(sessions, ';');
  all_people text[] := string_to_array(people, ';');
  place bigint;
  this uuid;
begin
  -- Before anything is read: what commits while this runs is told again.
  return query select '', 'HORIZON', '', pg_snapshot_xmin(pg_current_snapshot())::text;
  for org, place in select * from unnest(string_to_array(orgs, ',')) with ordinality loop
    this := org::uuid;
    perform set_config('chartroom.org', org, true);
    return query
      select this::text, 'ORGANISATION', this::text, o.access_epoch::text from organisation o
      where o.id = this and o.access_epoch::text is distinct from all_epochs[place];
    return query
      select this::text, 'LOG', k.id, coalesce(h.is_now, desk_head(this, k.id::uuid))
      from unnest(string_to_array(all_streams[place], ','), string_to_array(all_heads[place], ',')) k (id, was)
      left join lateral (
        select concat_ws('.', s.head_seq, c.access_epoch, f.access_epoch, p.access_epoch) as is_now
        from chart_stream s join chart c on c.org_id = s.org_id and c.id = s.chart_id
        join facility f on f.org_id = c.org_id and f.id = c.facility_id
        join patient p on p.org_id = c.org_id and p.id = c.patient_id
        where s.org_id = this and s.id = k.id::uuid) h on true
      where coalesce(h.is_now, desk_head(this, k.id::uuid)) is distinct from nullif(k.was, '');
    return query
      with changed as (
        select s.session_id, s.member_id from standing_change s where s.xact >= since),
      asked as (
        select u.id, nullif(u.was, '') as was, false as anew
        from unnest(string_to_array(all_sessions[place], ','), string_to_array(all_people[place], ',')) u (id, was)
        union all
        select c.session_id, null, true from changed c where c.session_id is not null
        union all
        select a.id, null, true from changed c join member m on m.org_id = this and m.id = c.member_id
        join auth_session a on a.user_id = m.user_id),
      now_in_force as (
        select k.id, k.was, k.anew, coalesce(h.is_now, t.is_now) as is_now
        from asked k
        left join lateral (
          select concat_ws('.', m.id, m.access_epoch, (extract(epoch from a.expires_at) * 1000)::bigint) as is_now
          from auth_session a join member m on m.org_id = this and m.user_id = a.user_id and m.disabled_at is null
          where a.id = k.id and a.expires_at > at) h on true
        left join (
          select f.token_id::text as token_id, concat_ws('.', f.actor_id, f.epoch) as is_now
          from client_tokens_in_force(this, at) f) t on t.token_id = k.id)
      select this::text, 'SESSION', k.id, k.is_now from now_in_force k where k.anew or k.is_now is distinct from k.was;
  end loop;
end $$;
--> statement-breakpoint
grant execute on function live_changes(timestamptz, bigint, text, text, text, text, text, text) to chartroom_app;

--> statement-breakpoint
-- Where an inbox stands (server/live/deskChange.table.ts): whatever may change what one shows leaves a row for its person.
alter table desk_change enable row level security;
alter table desk_change force row level security;
create policy organisation on desk_change using (org_id = (select chartroom_org())) with check (org_id = (select chartroom_org()));
grant select, insert on desk_change to chartroom_app;
create function note_inbox_entry() returns trigger
  language plpgsql set search_path = public
  as $$ begin insert into desk_change (org_id, member_id) values (new.org_id, new.member_id); return null; end $$;
create trigger noted after insert or update on inbox_item for each row execute function note_inbox_entry();
create function note_chart_in_inboxes() returns trigger
  language plpgsql set search_path = public
  as $$ begin
    insert into desk_change (org_id, member_id)
    select distinct i.org_id, i.member_id from inbox_item i where i.org_id = new.org_id and i.chart_id = new.id;
    return null;
  end $$;
create trigger noted_in_inboxes after update on chart for each row
  when ((old.status, old.access_epoch, old.restricted, old.deleted_at, old.patient_id)
    is distinct from (new.status, new.access_epoch, new.restricted, new.deleted_at, new.patient_id))
  execute function note_chart_in_inboxes();
create function note_patient_in_inboxes() returns trigger
  language plpgsql set search_path = public
  as $$ begin
    insert into desk_change (org_id, member_id)
    select distinct i.org_id, i.member_id from chart c
    join inbox_item i on i.org_id = c.org_id and i.chart_id = c.id
    where c.org_id = new.org_id and c.patient_id = new.id;
    return null;
  end $$;
create trigger noted_in_inboxes after update on patient for each row
  when (old.access_epoch is distinct from new.access_epoch) execute function note_patient_in_inboxes();
--> statement-breakpoint
-- Where a board stands, followed under its organisation's id, or an inbox, followed under its member's: a value that is
-- another after every commit that can change what is shown of it. Two states have the same by chance once in 2^64. Written
-- as that of a log: a head, which these have not, and what is compared. Null where there is neither. Of an inbox: what was
-- noted of it within a day, from an index alone; of its entries and their charts nothing is read.
create or replace function desk_head(org uuid, id uuid) returns text
  language plpgsql stable set search_path = public
  as $$
begin
  if id = org then
    return '0.' || coalesce((
      select bit_xor(hash_record_extended(row(c.id, c.xmin::text, s.head_seq), 0))
      from chart c join chart_stream s on s.org_id = c.org_id and s.id = c.id
      where c.org_id = org and c.status <> 'EXPORTED'), 0);
  end if;
  return (
    select '0.' || coalesce((
      select bit_xor(hashint8extended(d.id, 0)) from desk_change d where d.org_id = m.org_id and d.member_id = m.id), 0)
    from member m where m.org_id = org and m.id = desk_head.id);
end $$;
--> statement-breakpoint
-- What was noted of inboxes more than a day ago, in all organisations at once, by the database's own clock.
create function forget_desk_changes() returns void
  language sql volatile security definer set search_path = public
  as $$ delete from desk_change where desk_change.at < now() - interval '1 day' $$;
--> statement-breakpoint
grant execute on function forget_desk_changes() to chartroom_app;

--> statement-breakpoint
-- What programs of third parties spend in their minute, counted for all nodes together.
alter table client_spending add foreign key (org_id, client_id) references client (org_id, id);
alter table client_spending enable row level security;
alter table client_spending force row level security;
create policy organisation on client_spending using (org_id = (select chartroom_org())) with check (org_id = (select chartroom_org()));
grant select, insert, update on client_spending to chartroom_app;
--> statement-breakpoint
-- Takes a cost from what a program may spend in its minute, or tells since when that minute runs. One statement, so that
-- nobody waits for a second connection while an answer holds one; lost with a crash, it is a minute's count that is lost.
create function client_spends(this uuid, program uuid, at timestamptz, most integer, cost integer) returns timestamptz
  language plpgsql volatile set search_path = public
  as $$
declare
  began timestamptz;
begin
  perform set_config('chartroom.org', this::text, true), set_config('synchronous_commit', 'off', true);
  insert into client_spending as s (org_id, client_id, since, spent) values (this, program, at, cost)
  on conflict (org_id, client_id) do update set
    since = case when s.since <= at - interval '1 minute' then at else s.since end,
    spent = case when s.since <= at - interval '1 minute' then cost else s.spent + cost end
  where s.since <= at - interval '1 minute' or s.spent + cost <= most;
  if found then return null; end if;
  select s.since into began from client_spending s where s.org_id = this and s.client_id = program;
  return began;
end $$;
--> statement-breakpoint
grant execute on function client_spends(uuid, uuid, timestamptz, integer, integer) to chartroom_app;
