-- What the table definitions cannot say: references, row level security, append-only tables, and the application's rights.

-- References stay inside one organisation, because every key begins with it.
alter table member add foreign key (org_id) references organisation (id);
alter table member add foreign key (user_id) references auth_user (id);
alter table auth_session add foreign key (user_id) references auth_user (id) on delete cascade;
alter table auth_account add foreign key (user_id) references auth_user (id) on delete cascade;
alter table auth_two_factor add foreign key (user_id) references auth_user (id) on delete cascade;
alter table socket_ticket add foreign key (session_id) references auth_session (id) on delete cascade;
alter table covered_entity add foreign key (org_id) references organisation (id);
alter table facility add foreign key (org_id, covered_entity_id) references covered_entity (org_id, id);
alter table agreement add foreign key (org_id, covered_entity_id) references covered_entity (org_id, id);
alter table member_facility add foreign key (org_id, member_id) references member (org_id, id);
alter table member_facility add foreign key (org_id, facility_id) references facility (org_id, id);
alter table team add foreign key (org_id) references organisation (id);
alter table team_member add foreign key (org_id, team_id) references team (org_id, id);
alter table team_member add foreign key (org_id, member_id) references member (org_id, id);
alter table queue add foreign key (org_id) references organisation (id);
alter table queue_team add foreign key (org_id, queue_id) references queue (org_id, id);
alter table queue_team add foreign key (org_id, team_id) references team (org_id, id);
alter table patient add foreign key (org_id, facility_id) references facility (org_id, id);
alter table patient_key add foreign key (org_id, patient_id) references patient (org_id, id) deferrable initially deferred;
alter table patient_identifier add foreign key (org_id, patient_id) references patient (org_id, id);
alter table chart add foreign key (org_id, facility_id) references facility (org_id, id);
alter table chart add foreign key (org_id, patient_id) references patient (org_id, id);
alter table chart add foreign key (org_id, queue_id) references queue (org_id, id);
alter table chart add foreign key (org_id, coder_of_record_id) references member (org_id, id);
alter table assignment add foreign key (org_id, chart_id) references chart (org_id, id);
alter table assignment add foreign key (org_id, member_id) references member (org_id, id);
alter table pend add foreign key (org_id, chart_id) references chart (org_id, id);
alter table chart_stream add foreign key (org_id, chart_id) references chart (org_id, id);
alter table chart_event add foreign key (org_id, stream_id) references chart_stream (org_id, id);
alter table document add foreign key (org_id, chart_id) references chart (org_id, id);
alter table document_version add foreign key (org_id, document_id) references document (org_id, id) deferrable initially deferred;
alter table document add foreign key (org_id, current_version_id) references document_version (org_id, id) deferrable initially deferred;
alter table suggestion add foreign key (org_id, chart_id) references chart (org_id, id);
alter table evidence add foreign key (org_id, version_id) references document_version (org_id, id);
alter table query_opportunity add foreign key (org_id, chart_id) references chart (org_id, id);
alter table edit_override add foreign key (org_id, chart_id) references chart (org_id, id);
alter table submission add foreign key (org_id, chart_id) references chart (org_id, id);
alter table drg_result add foreign key (org_id, chart_id) references chart (org_id, id);
alter table export_record add foreign key (org_id, submission_id) references submission (org_id, id);
alter table comment add foreign key (org_id, chart_id) references chart (org_id, id);
alter table audit add foreign key (org_id, submission_id) references submission (org_id, id);
alter table finding add foreign key (org_id, audit_id) references audit (org_id, id);
--> statement-breakpoint
-- One principal or first-listed diagnosis among the accepted lines of a chart, whatever the code above it believes.
create unique index suggestion_one_principal on suggestion (org_id, chart_id)
  where status = 'ACCEPTED' and role in ('PRINCIPAL', 'FIRST_LISTED');
--> statement-breakpoint
-- Who ever decided a line of a chart: asked whenever somebody looks at one (separation of duties).
create index chart_event_decisions on chart_event (org_id, chart_id, actor_id)
  where type in ('SUGGESTION_ACCEPTED', 'SUGGESTION_REJECTED', 'SUGGESTION_MODIFIED', 'SUGGESTION_WITHDRAWN');
--> statement-breakpoint
-- Row level security: the second lock. Without an organisation set, a connection sees no row of any.
create function chartroom_org() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('chartroom.org', true), '')::uuid $$;
--> statement-breakpoint
do $$
declare t record;
begin
  for t in
    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p')
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped)
      and c.relname <> 'socket_ticket'
  loop
    execute format('alter table %I enable row level security', t.relname);
    execute format('alter table %I force row level security', t.relname);
    execute format('create policy organisation on %I using (org_id = (select chartroom_org())) with check (org_id = (select chartroom_org()))', t.relname);
  end loop;
end $$;
--> statement-breakpoint
alter table organisation enable row level security;
alter table organisation force row level security;
create policy organisation on organisation using (id = (select chartroom_org()));
--> statement-breakpoint
-- Which organisations a signed-in person belongs to is asked before one is chosen: by this function alone.
create function memberships_of(person text) returns table (org_id uuid, org_name text, member_id uuid)
  language sql stable security definer set search_path = public
  as $$ select m.org_id, o.name, m.id from member m join organisation o on o.id = m.org_id
        where m.user_id = person and m.disabled_at is null order by o.name $$;
-- The function runs as the owner, whom row level security also holds (FORCE); reading memberships is its one exception.
do $$ begin
  execute format('create policy membership_lookup on member for select to %I using (true)', current_user);
  execute format('create policy membership_lookup on organisation for select to %I using (true)', current_user);
end $$;
--> statement-breakpoint
-- Which assignments have run out is asked of all organisations at once, by this function alone: ids, nothing else.
create function assignments_due(at timestamptz) returns table (org_id uuid, chart_id uuid)
  language sql stable security definer set search_path = public
  as $$ select c.org_id, c.id from chart c where c.status = 'IN_CODING' and c.assigned_until <= at limit 500 $$;
do $$ begin
  execute format('create policy assignment_lookup on chart for select to %I using (true)', current_user);
end $$;
--> statement-breakpoint
-- What is kept for a time only, in all organisations at once: uploads nobody imported, and the outcomes of commands
-- older than seven days. Removes and counts; tells nothing.
create function forget_expired(at timestamptz) returns integer
  language plpgsql volatile security definer set search_path = public as $$
declare uploads integer; outcomes integer;
begin
  delete from upload where expires_at < forget_expired.at;
  get diagnostics uploads = row_count;
  delete from command_outcome where command_outcome.at < forget_expired.at - interval '7 days';
  get diagnostics outcomes = row_count;
  return uploads + outcomes;
end $$;
do $$ begin
  execute format('create policy expiry_lookup on upload to %I using (true)', current_user);
  execute format('create policy expiry_lookup on command_outcome to %I using (true)', current_user);
end $$;
--> statement-breakpoint
-- Append-only: whoever asks, also the owner.
create function refuse_change() returns trigger language plpgsql
  as $$ begin raise exception 'rows of % are never changed or removed', tg_table_name using errcode = 'restrict_violation'; end $$;
--> statement-breakpoint
create trigger append_only before update or delete on chart_event for each row execute function refuse_change();
create trigger append_only before update or delete on submission for each row execute function refuse_change();
create trigger append_only before update or delete on access_record for each row execute function refuse_change();
create trigger append_only before update or delete on export_record for each row execute function refuse_change();
create trigger append_only_truncate before truncate on chart_event for each statement execute function refuse_change();
create trigger append_only_truncate before truncate on submission for each statement execute function refuse_change();
create trigger append_only_truncate before truncate on access_record for each statement execute function refuse_change();
--> statement-breakpoint
-- A document version is immutable but for its signature, its labels and whether the engine has read it.
create function refuse_version_change() returns trigger language plpgsql as $$
begin
  if (new.org_id, new.id, new.document_id, new.chart_id, new.number, new.type, new.author_role, new.authored_at,
      new.encounter_part, new.header, new.text, new.text_sha256, new.scan, new.pages::text, new.original)
     is distinct from
     (old.org_id, old.id, old.document_id, old.chart_id, old.number, old.type, old.author_role, old.authored_at,
      old.encounter_part, old.header, old.text, old.text_sha256, old.scan, old.pages::text, old.original)
  then raise exception 'a document version is immutable; an amendment is a new version' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger immutable_version before update on document_version for each row execute function refuse_version_change();
create trigger never_removed before delete on document_version for each row execute function refuse_change();
--> statement-breakpoint
-- The application role: rows under row level security, nothing of its own, no change of what is append-only.
grant usage on schema public to chartroom_app;
grant select, insert, update, delete on all tables in schema public to chartroom_app;
revoke update, delete on chart_event, submission, access_record, export_record from chartroom_app;
revoke delete on document_version, suggestion, audit, finding, chart, patient from chartroom_app;
revoke insert, update, delete on organisation from chartroom_app;
grant update (access_epoch) on organisation to chartroom_app;
grant execute on all functions in schema public to chartroom_app;
