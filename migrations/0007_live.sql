CREATE TABLE "inbox_item" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"chart_id" uuid NOT NULL,
	"subject_id" uuid,
	"actor_id" uuid,
	"at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone,
	"read_at" timestamp (3) with time zone,
	CONSTRAINT "inbox_item_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE INDEX "inbox_item_of_member" ON "inbox_item" USING btree ("org_id","member_id","at","id");--> statement-breakpoint
CREATE INDEX "inbox_item_unread" ON "inbox_item" USING btree ("org_id","member_id","id") WHERE read_at is null;
--> statement-breakpoint
-- Where a board stands, followed under its organisation's id, or an inbox, followed under its member's: a value that is
-- another after every commit that can change what is shown of it. Two states have the same by chance once in 2^64. Written
-- as that of a log: a head, which these have not, and what is compared. Null where there is neither.
-- Of an inbox: what is unread, which every new entry is; and of the newest hundred, whether they are, and the access to
-- their charts. Of older ones, which are shown where newer ones are hidden, access alone is told by wake-ups alone.
create function desk_head(org uuid, id uuid) returns text
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
      select bit_xor(hash_record_extended(row(i.id), 0)) from inbox_item i
      where i.org_id = m.org_id and i.member_id = m.id and i.read_at is null), 0) || '/' || coalesce((
      select bit_xor(hash_record_extended(
        row(n.id, n.read_at is null, c.status, c.access_epoch, c.restricted, c.deleted_at, p.access_epoch), 0))
      from (select i.id, i.chart_id, i.read_at from inbox_item i where i.org_id = m.org_id and i.member_id = m.id
            order by i.at desc, i.id desc limit 100) n
      join chart c on c.org_id = m.org_id and c.id = n.chart_id
      join patient p on p.org_id = c.org_id and p.id = c.patient_id), 0)
    from member m where m.org_id = org and m.id = desk_head.id);
end $$;
--> statement-breakpoint
grant execute on function desk_head(uuid, uuid) to chartroom_app;
--> statement-breakpoint
-- Inboxes: what the table definitions cannot say. Of an entry nothing changes but whether its person has read it.
alter table inbox_item add foreign key (org_id, member_id) references member (org_id, id);
alter table inbox_item add foreign key (org_id, chart_id) references chart (org_id, id);
alter table inbox_item add foreign key (org_id, actor_id) references member (org_id, id);
--> statement-breakpoint
alter table inbox_item enable row level security;
alter table inbox_item force row level security;
create policy organisation on inbox_item using (org_id = (select chartroom_org())) with check (org_id = (select chartroom_org()));
grant select, insert on inbox_item to chartroom_app;
grant update (read_at) on inbox_item to chartroom_app;
create trigger never_removed before delete on inbox_item for each row execute function refuse_change();
create trigger append_only_truncate before truncate on inbox_item for each statement execute function refuse_change();
create trigger read_once before update on inbox_item for each row when (old.read_at is not null) execute function refuse_change();

--> statement-breakpoint
-- What a node follows, asked once a second in one statement over all organisations: of logs the head and the epochs of
-- access, of sign-ins and tokens whose they are and their epochs. Told is only what is no longer as the asker knew it,
-- null where it is gone. It runs with the rights of whoever calls it, under the row level security of each organisation in
-- turn. What is no log may be a board or an inbox. `streams` and its three like have a part for each of `orgs`, parted by `;`, with items parted by `,`.
create function live_changes(at timestamptz, orgs text, streams text, heads text, sessions text, people text)
  returns table (org text, of text, id text, is_now text)
  language plpgsql volatile set search_path = public
  as $$
declare
  all_streams text[] := string_to_array(streams, ';');
  all_heads text[] := string_to_array(heads, ';');
  all_sessions text[] := string_to_array(sessions, ';');
  all_people text[] := string_to_array(people, ';');
  place bigint;
  this uuid;
begin
  for org, place in select * from unnest(string_to_array(orgs, ',')) with ordinality loop
    this := org::uuid;
    perform set_config('chartroom.org', org, true);
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
      select this::text, 'SESSION', k.id, coalesce(h.is_now, t.is_now)
      from unnest(string_to_array(all_sessions[place], ','), string_to_array(all_people[place], ',')) k (id, was)
      left join lateral (
        select concat_ws('.', m.id, m.access_epoch, o.access_epoch) as is_now
        from auth_session a join member m on m.org_id = this and m.user_id = a.user_id and m.disabled_at is null
        join organisation o on o.id = this
        where a.id = k.id and a.expires_at > at) h on true
      left join (
        select f.token_id::text as token_id, concat_ws('.', f.actor_id, f.epoch, o.access_epoch) as is_now
        from client_tokens_in_force(this, at) f join organisation o on o.id = this) t on t.token_id = k.id
      where coalesce(h.is_now, t.is_now) is distinct from nullif(k.was, '');
  end loop;
end $$;
--> statement-breakpoint
grant execute on function live_changes(timestamptz, text, text, text, text, text) to chartroom_app;
