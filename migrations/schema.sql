-- The database after all migrations, described from its catalogue. Do not edit: npm run migrations writes it.

create table access_head (
  org_id uuid not null,
  seq bigint not null,
  hash text not null,
  constraint access_head_pkey PRIMARY KEY (org_id)
);
alter table access_head enable row level security;
alter table access_head force row level security;
create policy organisation on access_head for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
grant insert, select, update on access_head to chartroom_app;

create table access_operation (
  hash text not null,
  text text not null,
  constraint access_operation_pkey PRIMARY KEY (hash)
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.access_operation FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.access_operation FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant insert, select on access_operation to chartroom_app;

create table access_record (
  org_id uuid not null,
  seq bigint not null,
  at timestamp(3) with time zone not null,
  actor_id uuid,
  action text not null,
  purpose text not null,
  operation_hash text,
  subject_refs text[] not null,
  classes text[] not null,
  outcome text not null,
  detail jsonb not null,
  previous_hash text not null,
  hash text not null,
  facility_ids uuid[] not null,
  constraint access_record_org_id_seq_pk PRIMARY KEY (org_id, seq)
);
CREATE INDEX access_record_at ON public.access_record USING btree (org_id, at);
CREATE INDEX access_record_by_actor ON public.access_record USING btree (org_id, actor_id, seq);
CREATE INDEX access_record_by_subject ON public.access_record USING gin (subject_refs);
alter table access_record enable row level security;
alter table access_record force row level security;
create policy organisation on access_record for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.access_record FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.access_record FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant insert, select on access_record to chartroom_app;

create table accounting_suspension (
  org_id uuid not null,
  id uuid not null,
  facility_id uuid not null,
  patient_id uuid not null,
  agency text not null,
  form text not null,
  until timestamp(3) with time zone not null,
  member_id uuid not null,
  recorded_at timestamp(3) with time zone not null,
  constraint orally_for_thirty_days CHECK (((until > recorded_at) AND ((form = 'WRITTEN'::text) OR (until <= (recorded_at + '30 days'::interval))))),
  constraint accounting_suspension_org_id_facility_id_fkey FOREIGN KEY (org_id, facility_id) REFERENCES facility(org_id, id),
  constraint accounting_suspension_org_id_member_id_fkey FOREIGN KEY (org_id, member_id) REFERENCES member(org_id, id),
  constraint accounting_suspension_org_id_patient_id_fkey FOREIGN KEY (org_id, patient_id) REFERENCES patient(org_id, id),
  constraint accounting_suspension_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE INDEX accounting_suspension_by_patient ON public.accounting_suspension USING btree (org_id, patient_id, until);
alter table accounting_suspension enable row level security;
alter table accounting_suspension force row level security;
create policy organisation on accounting_suspension for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.accounting_suspension FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.accounting_suspension FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant insert, select on accounting_suspension to chartroom_app;

create table agreement (
  org_id uuid not null,
  id uuid not null,
  covered_entity_id uuid not null,
  purposes text[] not null,
  effective_from date not null,
  effective_to date,
  contact text not null,
  notice_hours integer not null,
  deidentification_allowed boolean default false not null,
  delegated_notices boolean default false not null,
  created_at timestamp(3) with time zone default now() not null,
  classes text[] default '{OPEN,WORK,ACCOUNT_REF,IDENTITY,CLINICAL,QUALITY,MONEY}'::text[] not null,
  qualified_service_organisation boolean default false not null,
  qualified_from timestamp(3) with time zone,
  qualified_until timestamp(3) with time zone,
  constraint qualified_for_a_time CHECK ((qualified_until > qualified_from)),
  constraint agreement_org_id_covered_entity_id_fkey FOREIGN KEY (org_id, covered_entity_id) REFERENCES covered_entity(org_id, id),
  constraint agreement_org_id_id_pk PRIMARY KEY (org_id, id)
);
alter table agreement enable row level security;
alter table agreement force row level security;
create policy organisation on agreement for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
grant delete, insert, select, update on agreement to chartroom_app;

create table agreement_event (
  org_id uuid not null,
  id uuid not null,
  agreement_id uuid not null,
  type text not null,
  actor_id uuid not null,
  approval_id uuid,
  at timestamp(3) with time zone not null,
  effective_from timestamp(3) with time zone,
  effective_until timestamp(3) with time zone,
  reference text,
  reason text,
  constraint said_whole CHECK (
CASE type
    WHEN 'QUALIFIED'::text THEN ((approval_id IS NOT NULL) AND (effective_from IS NOT NULL) AND (reference IS NOT NULL) AND (reason IS NULL))
    ELSE ((reason IS NOT NULL) AND (effective_until IS NOT NULL))
END),
  constraint agreement_event_org_id_actor_id_fkey FOREIGN KEY (org_id, actor_id) REFERENCES member(org_id, id),
  constraint agreement_event_org_id_agreement_id_fkey FOREIGN KEY (org_id, agreement_id) REFERENCES agreement(org_id, id),
  constraint agreement_event_org_id_approval_id_fkey FOREIGN KEY (org_id, approval_id) REFERENCES approval(org_id, id),
  constraint agreement_event_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE INDEX agreement_event_by_agreement ON public.agreement_event USING btree (org_id, agreement_id);
alter table agreement_event enable row level security;
alter table agreement_event force row level security;
create policy organisation on agreement_event for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.agreement_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.agreement_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant insert, select on agreement_event to chartroom_app;

create table approval (
  org_id uuid not null,
  id uuid not null,
  kind text not null,
  subject_id uuid not null,
  summary text not null,
  change jsonb not null,
  requested_by uuid not null,
  requested_at timestamp(3) with time zone not null,
  state text not null,
  decided_by uuid,
  decided_at timestamp(3) with time zone,
  decline_reason text,
  constraint decided_by_a_second_person CHECK ((decided_by <> requested_by)),
  constraint decided_whole CHECK ((num_nonnulls(decided_by, decided_at) =
CASE state
    WHEN 'PENDING'::text THEN 0
    ELSE 2
END)),
  constraint declined_with_reason CHECK (((state = 'DECLINED'::text) = (decline_reason IS NOT NULL))),
  constraint approval_org_id_decided_by_fkey FOREIGN KEY (org_id, decided_by) REFERENCES member(org_id, id),
  constraint approval_org_id_requested_by_fkey FOREIGN KEY (org_id, requested_by) REFERENCES member(org_id, id),
  constraint approval_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE INDEX approval_queue ON public.approval USING btree (org_id, state, requested_at);
alter table approval enable row level security;
alter table approval force row level security;
create policy organisation on approval for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.approval FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER decided_once BEFORE UPDATE ON public.approval FOR EACH ROW WHEN ((old.state <> 'PENDING'::text)) EXECUTE FUNCTION refuse_second_decision();
CREATE TRIGGER never_removed BEFORE DELETE ON public.approval FOR EACH ROW EXECUTE FUNCTION refuse_change();
grant insert, select on approval to chartroom_app;

create table assignment (
  org_id uuid not null,
  id uuid not null,
  chart_id uuid not null,
  member_id uuid not null,
  part text not null,
  started_at timestamp(3) with time zone not null,
  until timestamp(3) with time zone,
  ended_at timestamp(3) with time zone,
  assigned_by uuid,
  reason text,
  ended_by uuid,
  end_reason text,
  constraint ended_with_reason CHECK (((ended_by IS NULL) = (end_reason IS NULL))),
  constraint given_by_another CHECK ((((assigned_by IS NULL) = (reason IS NULL)) AND (assigned_by <> member_id))),
  constraint assignment_org_id_assigned_by_fkey FOREIGN KEY (org_id, assigned_by) REFERENCES member(org_id, id),
  constraint assignment_org_id_chart_id_fkey FOREIGN KEY (org_id, chart_id) REFERENCES chart(org_id, id),
  constraint assignment_org_id_ended_by_fkey FOREIGN KEY (org_id, ended_by) REFERENCES member(org_id, id),
  constraint assignment_org_id_member_id_fkey FOREIGN KEY (org_id, member_id) REFERENCES member(org_id, id),
  constraint assignment_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE INDEX assignment_by_chart ON public.assignment USING btree (org_id, chart_id);
CREATE INDEX assignment_by_member ON public.assignment USING btree (org_id, member_id);
alter table assignment enable row level security;
alter table assignment force row level security;
create policy organisation on assignment for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
grant delete, insert, select, update on assignment to chartroom_app;

create table audit (
  org_id uuid not null,
  id uuid not null,
  chart_id uuid not null,
  submission_id uuid not null,
  auditor_id uuid not null,
  status text not null,
  reason text not null,
  opened_at timestamp(3) with time zone not null,
  closed_at timestamp(3) with time zone,
  answers_due_at timestamp(3) with time zone,
  scoring_policy text,
  scoring_version integer,
  drg_holds boolean,
  constraint closed_with_a_policy CHECK (((closed_at IS NULL) OR (status = 'CLOSED'::text))),
  constraint audit_org_id_submission_id_fkey FOREIGN KEY (org_id, submission_id) REFERENCES submission(org_id, id),
  constraint audit_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE INDEX audit_by_chart ON public.audit USING btree (org_id, chart_id);
alter table audit enable row level security;
alter table audit force row level security;
create policy organisation on audit for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER closed_for_good BEFORE UPDATE ON public.audit FOR EACH ROW WHEN ((old.status = 'CLOSED'::text)) EXECUTE FUNCTION refuse_reopening_audit();
grant insert, select, update on audit to chartroom_app;

create table auth_account (
  id text not null,
  account_id text not null,
  provider_id text not null,
  user_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamp with time zone,
  refresh_token_expires_at timestamp with time zone,
  scope text,
  password text,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  constraint auth_account_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth_user(id) ON DELETE CASCADE,
  constraint auth_account_pkey PRIMARY KEY (id)
);
CREATE INDEX auth_account_user ON public.auth_account USING btree (user_id);
grant delete, insert, select, update on auth_account to chartroom_app;

create table auth_session (
  id text not null,
  user_id text not null,
  token text not null,
  expires_at timestamp with time zone not null,
  ip_address text,
  user_agent text,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  constraint auth_session_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth_user(id) ON DELETE CASCADE,
  constraint auth_session_pkey PRIMARY KEY (id),
  constraint auth_session_token_unique UNIQUE (token)
);
CREATE INDEX auth_session_user ON public.auth_session USING btree (user_id);
CREATE TRIGGER standing_ended AFTER DELETE ON public.auth_session FOR EACH ROW EXECUTE FUNCTION note_sign_in();
CREATE TRIGGER standing_shortened AFTER UPDATE ON public.auth_session FOR EACH ROW WHEN (((new.expires_at < old.expires_at) OR (new.user_id <> old.user_id))) EXECUTE FUNCTION note_sign_in();
grant delete, insert, select, update on auth_session to chartroom_app;

create table auth_two_factor (
  id text not null,
  secret text not null,
  backup_codes text not null,
  user_id text not null,
  verified boolean default true,
  failed_verification_count integer default 0,
  locked_until timestamp with time zone,
  constraint auth_two_factor_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth_user(id) ON DELETE CASCADE,
  constraint auth_two_factor_pkey PRIMARY KEY (id)
);
CREATE INDEX auth_two_factor_user ON public.auth_two_factor USING btree (user_id);
grant delete, insert, select, update on auth_two_factor to chartroom_app;

create table auth_user (
  id text not null,
  name text not null,
  email text not null,
  email_verified boolean default false not null,
  image text,
  two_factor_enabled boolean default false,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  constraint auth_user_pkey PRIMARY KEY (id),
  constraint auth_user_email_unique UNIQUE (email)
);
grant delete, insert, select, update on auth_user to chartroom_app;

create table auth_verification (
  id text not null,
  identifier text not null,
  value text not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  constraint auth_verification_pkey PRIMARY KEY (id)
);
CREATE INDEX auth_verification_identifier ON public.auth_verification USING btree (identifier);
grant delete, insert, select, update on auth_verification to chartroom_app;

create table break_glass (
  org_id uuid not null,
  id uuid not null,
  facility_id uuid not null,
  chart_id uuid not null,
  patient_id uuid not null,
  member_id uuid not null,
  reason text not null,
  note bytea not null,
  at timestamp(3) with time zone not null,
  until timestamp(3) with time zone not null,
  review_due timestamp(3) with time zone not null,
  escalated_at timestamp(3) with time zone,
  reviewed_at timestamp(3) with time zone,
  reviewer_id uuid,
  verdict text,
  review_note bytea,
  constraint an_hour_at_most CHECK (((until > at) AND (until <= (at + '01:00:00'::interval)))),
  constraint reviewed_by_a_second_person CHECK ((reviewer_id <> member_id)),
  constraint reviewed_whole CHECK ((num_nonnulls(reviewed_at, reviewer_id, verdict) = ANY (ARRAY[0, 3]))),
  constraint break_glass_org_id_chart_id_fkey FOREIGN KEY (org_id, chart_id) REFERENCES chart(org_id, id),
  constraint break_glass_org_id_facility_id_fkey FOREIGN KEY (org_id, facility_id) REFERENCES facility(org_id, id),
  constraint break_glass_org_id_member_id_fkey FOREIGN KEY (org_id, member_id) REFERENCES member(org_id, id),
  constraint break_glass_org_id_patient_id_fkey FOREIGN KEY (org_id, patient_id) REFERENCES patient(org_id, id),
  constraint break_glass_org_id_reviewer_id_fkey FOREIGN KEY (org_id, reviewer_id) REFERENCES member(org_id, id),
  constraint break_glass_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE INDEX break_glass_in_force ON public.break_glass USING btree (org_id, chart_id, member_id, until);
CREATE INDEX break_glass_queue ON public.break_glass USING btree (org_id, facility_id, at);
alter table break_glass enable row level security;
alter table break_glass force row level security;
create policy organisation on break_glass for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.break_glass FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_removed BEFORE DELETE ON public.break_glass FOR EACH ROW EXECUTE FUNCTION refuse_change();
grant insert, select on break_glass to chartroom_app;

create table chart (
  org_id uuid not null,
  id uuid not null,
  facility_id uuid not null,
  patient_id uuid not null,
  queue_id uuid,
  account_number text not null,
  status text not null,
  identity_hold boolean default false not null,
  restricted boolean default false not null,
  patient_class text not null,
  inpatient_order_at timestamp(3) with time zone,
  admitted_at timestamp(3) with time zone,
  discharged_at timestamp(3) with time zone,
  service_date date,
  disposition text,
  payer text,
  attending_provider text,
  operating_provider text,
  service_line text,
  total_charges_cents bigint,
  abstract_meta jsonb default '{}'::jsonb not null,
  coder_of_record_id uuid,
  assigned_until timestamp(3) with time zone,
  first_coder_id uuid,
  last_submitter_id uuid,
  order_version integer default 1 not null,
  submission_count integer default 0 not null,
  late_document boolean default false not null,
  engine_state text default 'NONE'::text not null,
  access_epoch integer default 0 not null,
  received_at timestamp(3) with time zone default now() not null,
  updated_at timestamp(3) with time zone default now() not null,
  deleted_at timestamp(3) with time zone,
  constraint chart_org_id_coder_of_record_id_fkey FOREIGN KEY (org_id, coder_of_record_id) REFERENCES member(org_id, id),
  constraint chart_org_id_facility_id_fkey FOREIGN KEY (org_id, facility_id) REFERENCES facility(org_id, id),
  constraint chart_org_id_patient_id_fkey FOREIGN KEY (org_id, patient_id) REFERENCES patient(org_id, id),
  constraint chart_org_id_queue_id_fkey FOREIGN KEY (org_id, queue_id) REFERENCES queue(org_id, id),
  constraint chart_org_id_id_pk PRIMARY KEY (org_id, id),
  constraint chart_account UNIQUE (org_id, facility_id, account_number)
);
CREATE INDEX chart_by_coder ON public.chart USING btree (org_id, coder_of_record_id);
CREATE INDEX chart_by_patient ON public.chart USING btree (org_id, patient_id);
CREATE INDEX chart_by_queue ON public.chart USING btree (org_id, queue_id, status);
CREATE INDEX chart_by_status ON public.chart USING btree (org_id, status, received_at, id);
CREATE INDEX chart_in_coding_until ON public.chart USING btree (assigned_until) WHERE (status = 'IN_CODING'::text);
alter table chart enable row level security;
alter table chart force row level security;
create policy assignment_lookup on chart for SELECT to <owner> using (true);
create policy organisation on chart for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER noted_in_inboxes AFTER UPDATE ON public.chart FOR EACH ROW WHEN ((((((old.status IS DISTINCT FROM new.status) OR (old.access_epoch IS DISTINCT FROM new.access_epoch)) OR (old.restricted IS DISTINCT FROM new.restricted)) OR (old.deleted_at IS DISTINCT FROM new.deleted_at)) OR (old.patient_id IS DISTINCT FROM new.patient_id))) EXECUTE FUNCTION note_chart_in_inboxes();
grant insert, select, update on chart to chartroom_app;

create table chart_event (
  org_id uuid not null,
  stream_id uuid not null,
  seq bigint not null,
  chart_id uuid not null,
  patient_id uuid not null,
  cursor uuid not null,
  type text not null,
  actor_id uuid,
  at timestamp(3) with time zone not null,
  subject_id uuid not null,
  cited_document_ids uuid[] not null,
  classes text[] not null,
  payload bytea not null,
  constraint chart_event_org_id_stream_id_fkey FOREIGN KEY (org_id, stream_id) REFERENCES chart_stream(org_id, id),
  constraint chart_event_org_id_stream_id_seq_pk PRIMARY KEY (org_id, stream_id, seq),
  constraint chart_event_cursor UNIQUE (org_id, stream_id, cursor)
);
CREATE INDEX chart_event_by_chart ON public.chart_event USING btree (org_id, chart_id);
CREATE INDEX chart_event_decisions ON public.chart_event USING btree (org_id, chart_id, actor_id) WHERE (type = ANY (ARRAY['SUGGESTION_ACCEPTED'::text, 'SUGGESTION_REJECTED'::text, 'SUGGESTION_MODIFIED'::text, 'SUGGESTION_WITHDRAWN'::text]));
alter table chart_event enable row level security;
alter table chart_event force row level security;
create policy organisation on chart_event for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.chart_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.chart_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant insert, select on chart_event to chartroom_app;

create table chart_stream (
  org_id uuid not null,
  id uuid not null,
  chart_id uuid not null,
  kind text not null,
  head_seq bigint default 0 not null,
  constraint chart_stream_org_id_chart_id_fkey FOREIGN KEY (org_id, chart_id) REFERENCES chart(org_id, id),
  constraint chart_stream_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE INDEX chart_stream_by_chart ON public.chart_stream USING btree (org_id, chart_id);
alter table chart_stream enable row level security;
alter table chart_stream force row level security;
create policy organisation on chart_stream for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
grant delete, insert, select, update on chart_stream to chartroom_app;

create table client (
  org_id uuid not null,
  id uuid not null,
  agreement_id uuid not null,
  name text not null,
  purpose text not null,
  scopes text[] not null,
  secret_version integer default 1 not null,
  previous_secret_until timestamp(3) with time zone,
  suspended_at timestamp(3) with time zone,
  access_epoch integer default 0 not null,
  created_by uuid not null,
  created_at timestamp(3) with time zone not null,
  approved_at timestamp(3) with time zone,
  approved_by uuid,
  operation_hashes text[],
  cost_per_minute integer,
  networks text[],
  redirect_uris text[] default '{}'::text[] not null,
  constraint approved_by_a_second_person CHECK (((approved_by <> created_by) AND ((approved_by IS NULL) OR (approved_at IS NOT NULL)))),
  constraint cost_is_positive CHECK ((cost_per_minute > 0)),
  constraint client_org_id_agreement_id_fkey FOREIGN KEY (org_id, agreement_id) REFERENCES vendor_agreement(org_id, id),
  constraint client_org_id_approved_by_fkey FOREIGN KEY (org_id, approved_by) REFERENCES member(org_id, id),
  constraint client_org_id_created_by_fkey FOREIGN KEY (org_id, created_by) REFERENCES member(org_id, id),
  constraint client_org_id_id_pk PRIMARY KEY (org_id, id),
  constraint client_name UNIQUE (org_id, name)
);
CREATE INDEX client_by_agreement ON public.client USING btree (org_id, agreement_id);
alter table client enable row level security;
alter table client force row level security;
create policy organisation on client for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER never_removed BEFORE DELETE ON public.client FOR EACH ROW EXECUTE FUNCTION refuse_change();
grant insert, select on client to chartroom_app;

create table client_code (
  org_id uuid not null,
  code_hash text not null,
  client_id uuid not null,
  member_id uuid not null,
  user_id text not null,
  session_id text not null,
  redirect_uri text not null,
  code_challenge text not null,
  scopes text[] not null,
  issued_at timestamp(3) with time zone not null,
  expires_at timestamp(3) with time zone not null,
  spent_at timestamp(3) with time zone,
  token_id uuid,
  constraint a_minute_at_most CHECK (((expires_at > issued_at) AND (expires_at <= (issued_at + '00:01:00'::interval)))),
  constraint client_code_org_id_client_id_fkey FOREIGN KEY (org_id, client_id) REFERENCES client(org_id, id),
  constraint client_code_org_id_member_id_fkey FOREIGN KEY (org_id, member_id) REFERENCES member(org_id, id),
  constraint client_code_org_id_code_hash_pk PRIMARY KEY (org_id, code_hash)
);
CREATE INDEX client_code_by_expiry ON public.client_code USING btree (expires_at);
alter table client_code enable row level security;
alter table client_code force row level security;
create policy organisation on client_code for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
grant delete, insert, select on client_code to chartroom_app;

create table client_spending (
  org_id uuid not null,
  client_id uuid not null,
  since timestamp(3) with time zone not null,
  spent integer not null,
  constraint client_spending_org_id_client_id_fkey FOREIGN KEY (org_id, client_id) REFERENCES client(org_id, id),
  constraint client_spending_org_id_client_id_pk PRIMARY KEY (org_id, client_id)
);
alter table client_spending enable row level security;
alter table client_spending force row level security;
create policy organisation on client_spending for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
grant insert, select, update on client_spending to chartroom_app;

create table client_ticket (
  org_id uuid not null,
  ticket_hash text not null,
  token_id uuid not null,
  expires_at timestamp(3) with time zone not null,
  constraint client_ticket_org_id_token_id_fkey FOREIGN KEY (org_id, token_id) REFERENCES client_token(org_id, id) ON DELETE CASCADE,
  constraint client_ticket_org_id_ticket_hash_pk PRIMARY KEY (org_id, ticket_hash)
);
CREATE INDEX client_ticket_by_expiry ON public.client_ticket USING btree (expires_at);
alter table client_ticket enable row level security;
alter table client_ticket force row level security;
create policy organisation on client_ticket for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
grant delete, insert, select on client_ticket to chartroom_app;

create table client_token (
  org_id uuid not null,
  id uuid not null,
  client_id uuid not null,
  scopes text[] not null,
  issued_at timestamp(3) with time zone not null,
  expires_at timestamp(3) with time zone not null,
  revoked_at timestamp(3) with time zone,
  member_id uuid,
  user_id text,
  session_id text,
  constraint for_a_person_or_none CHECK ((num_nonnulls(member_id, user_id, session_id) = ANY (ARRAY[0, 3]))),
  constraint ten_minutes_at_most CHECK (((expires_at > issued_at) AND (expires_at <= (issued_at + '00:10:00'::interval)))),
  constraint client_token_org_id_client_id_fkey FOREIGN KEY (org_id, client_id) REFERENCES client(org_id, id),
  constraint client_token_org_id_member_id_fkey FOREIGN KEY (org_id, member_id) REFERENCES member(org_id, id),
  constraint client_token_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE INDEX client_token_by_expiry ON public.client_token USING btree (expires_at);
alter table client_token enable row level security;
alter table client_token force row level security;
create policy organisation on client_token for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
grant delete, insert, select on client_token to chartroom_app;

create table code_release (
  id text not null,
  system text not null,
  name text not null,
  effective_from date not null,
  effective_to date,
  code_count integer not null,
  billable_count integer not null,
  content_hash text not null,
  source text not null,
  gaps text[] not null,
  imported_at timestamp(3) with time zone default now() not null,
  artefact bytea not null,
  constraint code_release_pkey PRIMARY KEY (id),
  constraint code_release_content UNIQUE (content_hash)
);
grant delete, insert, select, update on code_release to chartroom_app;

create table coding_pass (
  org_id uuid not null,
  id uuid not null,
  chart_id uuid not null,
  member_id uuid not null,
  opened_at timestamp(3) with time zone not null,
  revealed_at timestamp(3) with time zone,
  constraint coding_pass_org_id_chart_id_fkey FOREIGN KEY (org_id, chart_id) REFERENCES chart(org_id, id),
  constraint coding_pass_org_id_member_id_fkey FOREIGN KEY (org_id, member_id) REFERENCES member(org_id, id),
  constraint coding_pass_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX coding_pass_open ON public.coding_pass USING btree (org_id, chart_id, member_id) WHERE (revealed_at IS NULL);
alter table coding_pass enable row level security;
alter table coding_pass force row level security;
create policy organisation on coding_pass for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER never_removed BEFORE DELETE ON public.coding_pass FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER revealed_once BEFORE UPDATE ON public.coding_pass FOR EACH ROW WHEN ((old.revealed_at IS NOT NULL)) EXECUTE FUNCTION refuse_unrevealing();
grant insert, select on coding_pass to chartroom_app;

create table command_outcome (
  org_id uuid not null,
  actor_id uuid not null,
  command_id uuid not null,
  name text not null,
  input_hash text not null,
  outcome jsonb not null,
  at timestamp(3) with time zone not null,
  constraint command_outcome_org_id_actor_id_command_id_pk PRIMARY KEY (org_id, actor_id, command_id)
);
CREATE INDEX command_outcome_at ON public.command_outcome USING btree (at);
alter table command_outcome enable row level security;
alter table command_outcome force row level security;
create policy expiry_lookup on command_outcome for ALL to <owner> using (true);
create policy organisation on command_outcome for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
grant delete, insert, select, update on command_outcome to chartroom_app;

create table comment (
  org_id uuid not null,
  id uuid not null,
  chart_id uuid not null,
  suggestion_id uuid,
  parent_id uuid,
  author_id uuid not null,
  body bytea not null,
  resolved_at timestamp(3) with time zone,
  resolved_by uuid,
  version integer default 1 not null,
  created_at timestamp(3) with time zone not null,
  mention_ids uuid[] default '{}'::uuid[] not null,
  constraint comment_org_id_chart_id_fkey FOREIGN KEY (org_id, chart_id) REFERENCES chart(org_id, id),
  constraint comment_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE INDEX comment_by_chart ON public.comment USING btree (org_id, chart_id);
alter table comment enable row level security;
alter table comment force row level security;
create policy organisation on comment for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
grant delete, insert, select, update on comment to chartroom_app;

create table consent (
  org_id uuid not null,
  id uuid not null,
  facility_id uuid not null,
  patient_id uuid not null,
  kind text not null,
  status text not null,
  version integer default 1 not null,
  content bytea not null,
  withdrawn_at timestamp(3) with time zone,
  ended_at timestamp(3) with time zone,
  end_reason text,
  expires_at timestamp(3) with time zone,
  constraint consent_org_id_facility_id_fkey FOREIGN KEY (org_id, facility_id) REFERENCES facility(org_id, id),
  constraint consent_org_id_patient_id_fkey FOREIGN KEY (org_id, patient_id) REFERENCES patient(org_id, id),
  constraint consent_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE INDEX consent_by_patient ON public.consent USING btree (org_id, patient_id);
CREATE INDEX consent_in_force_until ON public.consent USING btree (expires_at) WHERE (status = 'ACTIVE'::text);
alter table consent enable row level security;
alter table consent force row level security;
create policy expiry_lookup on consent for SELECT to <owner> using (true);
create policy organisation on consent for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER never_removed BEFORE DELETE ON public.consent FOR EACH ROW EXECUTE FUNCTION refuse_change();
grant insert, select, update on consent to chartroom_app;

create table consent_event (
  org_id uuid not null,
  id uuid not null,
  consent_id uuid not null,
  version integer not null,
  type text not null,
  actor_id uuid not null,
  at timestamp(3) with time zone not null,
  received_at timestamp(3) with time zone,
  content bytea,
  note bytea,
  constraint consent_event_org_id_consent_id_fkey FOREIGN KEY (org_id, consent_id) REFERENCES consent(org_id, id),
  constraint consent_event_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE INDEX consent_event_by_consent ON public.consent_event USING btree (org_id, consent_id);
CREATE UNIQUE INDEX consent_event_version ON public.consent_event USING btree (org_id, consent_id, version);
alter table consent_event enable row level security;
alter table consent_event force row level security;
create policy organisation on consent_event for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.consent_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.consent_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant insert, select on consent_event to chartroom_app;

create table consent_reliance (
  org_id uuid not null,
  id uuid not null,
  consent_id uuid not null,
  disclosure_id uuid not null,
  purpose text not null,
  at timestamp(3) with time zone not null,
  constraint consent_reliance_org_id_consent_id_fkey FOREIGN KEY (org_id, consent_id) REFERENCES consent(org_id, id),
  constraint consent_reliance_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE INDEX consent_reliance_by_consent ON public.consent_reliance USING btree (org_id, consent_id);
alter table consent_reliance enable row level security;
alter table consent_reliance force row level security;
create policy organisation on consent_reliance for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.consent_reliance FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.consent_reliance FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant insert, select on consent_reliance to chartroom_app;

create table covered_entity (
  org_id uuid not null,
  id uuid not null,
  name text not null,
  constraint covered_entity_org_id_fkey FOREIGN KEY (org_id) REFERENCES organisation(id),
  constraint covered_entity_org_id_id_pk PRIMARY KEY (org_id, id)
);
alter table covered_entity enable row level security;
alter table covered_entity force row level security;
create policy organisation on covered_entity for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
grant delete, insert, select, update on covered_entity to chartroom_app;

create table desk_change (
  org_id uuid not null,
  id bigint not null,
  member_id uuid not null,
  at timestamp(3) with time zone default now() not null,
  constraint desk_change_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE INDEX desk_change_at ON public.desk_change USING btree (at);
CREATE INDEX desk_change_of_member ON public.desk_change USING btree (org_id, member_id, id);
alter table desk_change enable row level security;
alter table desk_change force row level security;
create policy organisation on desk_change for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
grant insert, select on desk_change to chartroom_app;

create table disclosure (
  org_id uuid not null,
  id uuid not null,
  facility_id uuid not null,
  patient_id uuid not null,
  chart_id uuid,
  at timestamp(3) with time zone not null,
  recipient_name text not null,
  recipient_address text,
  kind text not null,
  submission_number integer,
  purpose text not null,
  exemption text,
  consent_ids uuid[] not null,
  suspended_until timestamp(3) with time zone,
  member_id uuid not null,
  recorded_at timestamp(3) with time zone not null,
  part2 boolean default false not null,
  through_name text,
  constraint disclosure_org_id_chart_id_fkey FOREIGN KEY (org_id, chart_id) REFERENCES chart(org_id, id),
  constraint disclosure_org_id_facility_id_fkey FOREIGN KEY (org_id, facility_id) REFERENCES facility(org_id, id),
  constraint disclosure_org_id_patient_id_fkey FOREIGN KEY (org_id, patient_id) REFERENCES patient(org_id, id),
  constraint disclosure_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE INDEX disclosure_by_patient ON public.disclosure USING btree (org_id, patient_id, at);
alter table disclosure enable row level security;
alter table disclosure force row level security;
create policy organisation on disclosure for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.disclosure FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.disclosure FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant insert, select on disclosure to chartroom_app;

create table document (
  org_id uuid not null,
  id uuid not null,
  chart_id uuid not null,
  patient_id uuid not null,
  current_version_id uuid not null,
  withdrawn_at timestamp(3) with time zone,
  withdrawn_reason text,
  created_at timestamp(3) with time zone not null,
  constraint document_org_id_chart_id_fkey FOREIGN KEY (org_id, chart_id) REFERENCES chart(org_id, id),
  constraint document_org_id_current_version_id_fkey FOREIGN KEY (org_id, current_version_id) REFERENCES document_version(org_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint document_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE INDEX document_by_chart ON public.document USING btree (org_id, chart_id);
alter table document enable row level security;
alter table document force row level security;
create policy organisation on document for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
grant delete, insert, select, update on document to chartroom_app;

create table document_version (
  org_id uuid not null,
  id uuid not null,
  document_id uuid not null,
  chart_id uuid not null,
  number integer not null,
  type text not null,
  author_role text not null,
  authored_at timestamp(3) with time zone,
  encounter_part text not null,
  signed boolean not null,
  signed_at timestamp(3) with time zone,
  signed_by uuid,
  labels text[] not null,
  header bytea not null,
  text bytea not null,
  text_length integer not null,
  text_sha256 text not null,
  scan boolean not null,
  pages jsonb not null,
  original bytea,
  original_media_type text,
  read_by_engine boolean default false not null,
  created_at timestamp(3) with time zone not null,
  created_by uuid,
  constraint document_version_org_id_document_id_fkey FOREIGN KEY (org_id, document_id) REFERENCES document(org_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint document_version_org_id_id_pk PRIMARY KEY (org_id, id),
  constraint document_version_number UNIQUE (org_id, document_id, number)
);
CREATE INDEX document_version_by_chart ON public.document_version USING btree (org_id, chart_id);
alter table document_version enable row level security;
alter table document_version force row level security;
create policy organisation on document_version for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER immutable_version BEFORE UPDATE ON public.document_version FOR EACH ROW EXECUTE FUNCTION refuse_version_change();
CREATE TRIGGER never_removed BEFORE DELETE ON public.document_version FOR EACH ROW EXECUTE FUNCTION refuse_change();
grant insert, select, update on document_version to chartroom_app;

create table drg_result (
  org_id uuid not null,
  id uuid not null,
  chart_id uuid not null,
  value text not null,
  grouper text not null,
  grouper_version text not null,
  source text not null,
  member_id uuid,
  at timestamp(3) with time zone not null,
  constraint drg_result_org_id_chart_id_fkey FOREIGN KEY (org_id, chart_id) REFERENCES chart(org_id, id),
  constraint drg_result_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE INDEX drg_result_by_chart ON public.drg_result USING btree (org_id, chart_id);
alter table drg_result enable row level security;
alter table drg_result force row level security;
create policy organisation on drg_result for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
grant delete, insert, select, update on drg_result to chartroom_app;

create table edit_override (
  org_id uuid not null,
  id uuid not null,
  chart_id uuid not null,
  edit_key text not null,
  rule_id text not null,
  reason bytea not null,
  member_id uuid not null,
  at timestamp(3) with time zone not null,
  constraint edit_override_org_id_chart_id_fkey FOREIGN KEY (org_id, chart_id) REFERENCES chart(org_id, id),
  constraint edit_override_org_id_id_pk PRIMARY KEY (org_id, id),
  constraint edit_override_once UNIQUE (org_id, chart_id, edit_key)
);
alter table edit_override enable row level security;
alter table edit_override force row level security;
create policy organisation on edit_override for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
grant delete, insert, select, update on edit_override to chartroom_app;

create table evidence (
  org_id uuid not null,
  id uuid not null,
  chart_id uuid not null,
  owner_id uuid not null,
  document_id uuid not null,
  version_id uuid not null,
  start integer,
  "end" integer,
  page integer,
  kind text not null,
  constraint evidence_org_id_version_id_fkey FOREIGN KEY (org_id, version_id) REFERENCES document_version(org_id, id),
  constraint evidence_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE INDEX evidence_by_chart ON public.evidence USING btree (org_id, chart_id);
CREATE INDEX evidence_by_owner ON public.evidence USING btree (org_id, owner_id);
alter table evidence enable row level security;
alter table evidence force row level security;
create policy organisation on evidence for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
grant delete, insert, select, update on evidence to chartroom_app;

create table export_record (
  org_id uuid not null,
  id uuid not null,
  chart_id uuid not null,
  submission_id uuid not null,
  format text not null,
  member_id uuid not null,
  at timestamp(3) with time zone not null,
  sha256 text not null,
  content bytea not null,
  constraint export_record_org_id_submission_id_fkey FOREIGN KEY (org_id, submission_id) REFERENCES submission(org_id, id),
  constraint export_record_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE INDEX export_record_by_chart ON public.export_record USING btree (org_id, chart_id);
alter table export_record enable row level security;
alter table export_record force row level security;
create policy organisation on export_record for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.export_record FOR EACH ROW EXECUTE FUNCTION refuse_change();
grant insert, select on export_record to chartroom_app;

create table facility (
  org_id uuid not null,
  id uuid not null,
  covered_entity_id uuid not null,
  key text not null,
  name text not null,
  require_signed boolean default false not null,
  require_poa boolean default true not null,
  time_zone text default 'America/New_York'::text not null,
  access_epoch integer default 0 not null,
  retention_years integer default 7 not null,
  constraint retention_of_years CHECK (((retention_years >= 0) AND (retention_years <= 100))),
  constraint facility_org_id_covered_entity_id_fkey FOREIGN KEY (org_id, covered_entity_id) REFERENCES covered_entity(org_id, id),
  constraint facility_org_id_id_pk PRIMARY KEY (org_id, id),
  constraint facility_key UNIQUE (org_id, key)
);
alter table facility enable row level security;
alter table facility force row level security;
create policy organisation on facility for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
grant delete, insert, select, update on facility to chartroom_app;

create table finding (
  org_id uuid not null,
  id uuid not null,
  audit_id uuid not null,
  chart_id uuid not null,
  suggestion_id uuid,
  proposed_suggestion_id uuid,
  element text not null,
  kind text not null,
  guideline text,
  explanation bytea not null,
  version integer default 1 not null,
  recorded_by uuid not null,
  recorded_at timestamp(3) with time zone not null,
  guideline_sealed bytea,
  constraint finding_org_id_audit_id_fkey FOREIGN KEY (org_id, audit_id) REFERENCES audit(org_id, id),
  constraint finding_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE INDEX finding_by_audit ON public.finding USING btree (org_id, audit_id);
alter table finding enable row level security;
alter table finding force row level security;
create policy organisation on finding for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER while_open BEFORE INSERT ON public.finding FOR EACH ROW EXECUTE FUNCTION refuse_late_finding();
grant insert, select, update on finding to chartroom_app;

create table finding_step (
  org_id uuid not null,
  finding_id uuid not null,
  number integer not null,
  audit_id uuid not null,
  chart_id uuid not null,
  type text not null,
  reason text,
  comment bytea,
  actor_id uuid not null,
  at timestamp(3) with time zone not null,
  due_at timestamp(3) with time zone,
  constraint disputed_with_words CHECK (((type = 'ACKNOWLEDGED'::text) OR (comment IS NOT NULL))),
  constraint reason_of_dispute CHECK (((type = 'DISPUTED'::text) = (reason IS NOT NULL))),
  constraint finding_step_org_id_actor_id_fkey FOREIGN KEY (org_id, actor_id) REFERENCES member(org_id, id),
  constraint finding_step_org_id_audit_id_fkey FOREIGN KEY (org_id, audit_id) REFERENCES audit(org_id, id),
  constraint finding_step_org_id_chart_id_fkey FOREIGN KEY (org_id, chart_id) REFERENCES chart(org_id, id),
  constraint finding_step_org_id_finding_id_fkey FOREIGN KEY (org_id, finding_id) REFERENCES finding(org_id, id),
  constraint finding_step_org_id_finding_id_number_pk PRIMARY KEY (org_id, finding_id, number)
);
CREATE INDEX finding_step_by_audit ON public.finding_step USING btree (org_id, audit_id);
alter table finding_step enable row level security;
alter table finding_step force row level security;
create policy organisation on finding_step for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.finding_step FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.finding_step FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant insert, select on finding_step to chartroom_app;

create table help (
  org_id uuid not null,
  id uuid not null,
  chart_id uuid not null,
  suggestion_id uuid not null,
  member_id uuid not null,
  reason text not null,
  asked_at timestamp(3) with time zone not null,
  until timestamp(3) with time zone not null,
  constraint a_day_at_most CHECK (((until > asked_at) AND (until <= (asked_at + '25:00:00'::interval)))),
  constraint help_org_id_chart_id_fkey FOREIGN KEY (org_id, chart_id) REFERENCES chart(org_id, id),
  constraint help_org_id_member_id_fkey FOREIGN KEY (org_id, member_id) REFERENCES member(org_id, id),
  constraint help_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE INDEX help_in_force ON public.help USING btree (org_id, chart_id, until);
alter table help enable row level security;
alter table help force row level security;
create policy organisation on help for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.help FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.help FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant insert, select on help to chartroom_app;

create table inbox_item (
  org_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  kind text not null,
  chart_id uuid not null,
  subject_id uuid,
  actor_id uuid,
  at timestamp(3) with time zone not null,
  due_at timestamp(3) with time zone,
  read_at timestamp(3) with time zone,
  constraint inbox_item_org_id_actor_id_fkey FOREIGN KEY (org_id, actor_id) REFERENCES member(org_id, id),
  constraint inbox_item_org_id_chart_id_fkey FOREIGN KEY (org_id, chart_id) REFERENCES chart(org_id, id),
  constraint inbox_item_org_id_member_id_fkey FOREIGN KEY (org_id, member_id) REFERENCES member(org_id, id),
  constraint inbox_item_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE INDEX inbox_item_about_chart ON public.inbox_item USING btree (org_id, chart_id, member_id);
CREATE INDEX inbox_item_of_member ON public.inbox_item USING btree (org_id, member_id, at, id);
CREATE INDEX inbox_item_unread ON public.inbox_item USING btree (org_id, member_id, id) WHERE (read_at IS NULL);
alter table inbox_item enable row level security;
alter table inbox_item force row level security;
create policy organisation on inbox_item for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.inbox_item FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_removed BEFORE DELETE ON public.inbox_item FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER noted AFTER INSERT OR UPDATE ON public.inbox_item FOR EACH ROW EXECUTE FUNCTION note_inbox_entry();
CREATE TRIGGER read_once BEFORE UPDATE ON public.inbox_item FOR EACH ROW WHEN ((old.read_at IS NOT NULL)) EXECUTE FUNCTION refuse_change();
grant insert, select on inbox_item to chartroom_app;

create table legal_hold (
  org_id uuid not null,
  id uuid not null,
  facility_id uuid not null,
  patient_id uuid not null,
  reason text not null,
  reference text not null,
  placed_by uuid not null,
  placed_at timestamp(3) with time zone not null,
  lifted_by uuid,
  lifted_at timestamp(3) with time zone,
  lift_reason text,
  constraint lifted_whole CHECK ((num_nonnulls(lifted_at, lifted_by, lift_reason) = ANY (ARRAY[0, 3]))),
  constraint legal_hold_org_id_facility_id_fkey FOREIGN KEY (org_id, facility_id) REFERENCES facility(org_id, id),
  constraint legal_hold_org_id_lifted_by_fkey FOREIGN KEY (org_id, lifted_by) REFERENCES member(org_id, id),
  constraint legal_hold_org_id_patient_id_fkey FOREIGN KEY (org_id, patient_id) REFERENCES patient(org_id, id),
  constraint legal_hold_org_id_placed_by_fkey FOREIGN KEY (org_id, placed_by) REFERENCES member(org_id, id),
  constraint legal_hold_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE INDEX legal_hold_by_patient ON public.legal_hold USING btree (org_id, patient_id);
alter table legal_hold enable row level security;
alter table legal_hold force row level security;
create policy organisation on legal_hold for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER never_removed BEFORE DELETE ON public.legal_hold FOR EACH ROW EXECUTE FUNCTION refuse_change();
grant insert, select on legal_hold to chartroom_app;

create table member (
  org_id uuid not null,
  id uuid not null,
  user_id text not null,
  display_name text not null,
  roles text[] not null,
  access_epoch integer default 0 not null,
  disabled_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone default now() not null,
  constraint member_org_id_fkey FOREIGN KEY (org_id) REFERENCES organisation(id),
  constraint member_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth_user(id),
  constraint member_org_id_id_pk PRIMARY KEY (org_id, id),
  constraint member_user UNIQUE (org_id, user_id)
);
CREATE INDEX member_by_user ON public.member USING btree (user_id);
alter table member enable row level security;
alter table member force row level security;
create policy membership_lookup on member for SELECT to <owner> using (true);
create policy organisation on member for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER standing_changed AFTER UPDATE ON public.member FOR EACH ROW WHEN ((((old.access_epoch IS DISTINCT FROM new.access_epoch) OR (old.user_id IS DISTINCT FROM new.user_id)) OR (old.disabled_at IS DISTINCT FROM new.disabled_at))) EXECUTE FUNCTION note_membership();
CREATE TRIGGER standing_ended AFTER DELETE ON public.member FOR EACH ROW EXECUTE FUNCTION note_membership();
grant delete, insert, select, update on member to chartroom_app;

create table member_facility (
  org_id uuid not null,
  member_id uuid not null,
  facility_id uuid not null,
  constraint member_facility_org_id_facility_id_fkey FOREIGN KEY (org_id, facility_id) REFERENCES facility(org_id, id),
  constraint member_facility_org_id_member_id_fkey FOREIGN KEY (org_id, member_id) REFERENCES member(org_id, id),
  constraint member_facility_org_id_member_id_facility_id_pk PRIMARY KEY (org_id, member_id, facility_id)
);
alter table member_facility enable row level security;
alter table member_facility force row level security;
create policy organisation on member_facility for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
grant delete, insert, select, update on member_facility to chartroom_app;

create table organisation (
  id uuid not null,
  name text not null,
  kind text not null,
  access_epoch integer default 0 not null,
  created_at timestamp(3) with time zone default now() not null,
  constraint organisation_pkey PRIMARY KEY (id)
);
alter table organisation enable row level security;
alter table organisation force row level security;
create policy membership_lookup on organisation for SELECT to <owner> using (true);
create policy organisation on organisation for ALL to public using ((id = ( SELECT chartroom_org() AS chartroom_org)));
grant select on organisation to chartroom_app;

create table pass_line (
  org_id uuid not null,
  id uuid not null,
  pass_id uuid not null,
  chart_id uuid not null,
  system text not null,
  code text not null,
  kind text not null,
  role text not null,
  poa text,
  evidence jsonb not null,
  created_at timestamp(3) with time zone not null,
  removed_at timestamp(3) with time zone,
  constraint pass_line_org_id_chart_id_fkey FOREIGN KEY (org_id, chart_id) REFERENCES chart(org_id, id),
  constraint pass_line_org_id_pass_id_fkey FOREIGN KEY (org_id, pass_id) REFERENCES coding_pass(org_id, id),
  constraint pass_line_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE INDEX pass_line_by_pass ON public.pass_line USING btree (org_id, pass_id);
alter table pass_line enable row level security;
alter table pass_line force row level security;
create policy organisation on pass_line for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER never_removed BEFORE DELETE ON public.pass_line FOR EACH ROW EXECUTE FUNCTION refuse_change();
grant insert, select on pass_line to chartroom_app;

create table patient (
  org_id uuid not null,
  id uuid not null,
  facility_id uuid not null,
  identity bytea not null,
  access_epoch integer default 0 not null,
  merged_into uuid,
  deleted_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone default now() not null,
  constraint patient_org_id_facility_id_fkey FOREIGN KEY (org_id, facility_id) REFERENCES facility(org_id, id),
  constraint patient_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE INDEX patient_facility ON public.patient USING btree (org_id, facility_id);
alter table patient enable row level security;
alter table patient force row level security;
create policy organisation on patient for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER noted_in_inboxes AFTER UPDATE ON public.patient FOR EACH ROW WHEN ((old.access_epoch IS DISTINCT FROM new.access_epoch)) EXECUTE FUNCTION note_patient_in_inboxes();
grant insert, select, update on patient to chartroom_app;

create table patient_identifier (
  org_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  facility_id uuid not null,
  assigner text not null,
  type text not null,
  blind_index bytea not null,
  value bytea not null,
  constraint patient_identifier_org_id_patient_id_fkey FOREIGN KEY (org_id, patient_id) REFERENCES patient(org_id, id),
  constraint patient_identifier_org_id_id_pk PRIMARY KEY (org_id, id),
  constraint patient_identifier_once UNIQUE (org_id, facility_id, assigner, type, blind_index)
);
CREATE INDEX patient_identifier_by_patient ON public.patient_identifier USING btree (org_id, patient_id);
alter table patient_identifier enable row level security;
alter table patient_identifier force row level security;
create policy organisation on patient_identifier for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
grant delete, insert, select, update on patient_identifier to chartroom_app;

create table patient_key (
  org_id uuid not null,
  patient_id uuid not null,
  kek_id text not null,
  wrapped bytea,
  destroyed_at timestamp(3) with time zone,
  constraint destroyed_is_gone CHECK (((destroyed_at IS NULL) = (wrapped IS NOT NULL))),
  constraint patient_key_org_id_patient_id_fkey FOREIGN KEY (org_id, patient_id) REFERENCES patient(org_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint patient_key_org_id_patient_id_pk PRIMARY KEY (org_id, patient_id)
);
alter table patient_key enable row level security;
alter table patient_key force row level security;
create policy organisation on patient_key for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
grant delete, insert, select, update on patient_key to chartroom_app;

create table pend (
  org_id uuid not null,
  id uuid not null,
  chart_id uuid not null,
  reason text not null,
  note bytea,
  due_on date,
  member_id uuid not null,
  created_at timestamp(3) with time zone not null,
  removed_at timestamp(3) with time zone,
  removed_by uuid,
  constraint pend_org_id_chart_id_fkey FOREIGN KEY (org_id, chart_id) REFERENCES chart(org_id, id),
  constraint pend_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE INDEX pend_by_chart ON public.pend USING btree (org_id, chart_id);
alter table pend enable row level security;
alter table pend force row level security;
create policy organisation on pend for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
grant delete, insert, select, update on pend to chartroom_app;

create table privacy_request (
  org_id uuid not null,
  id uuid not null,
  facility_id uuid not null,
  patient_id uuid not null,
  kind text not null,
  state text not null,
  version integer default 1 not null,
  requester text not null,
  received_on date not null,
  due_on date,
  extended boolean default false not null,
  paid_in_full boolean default false not null,
  recorded_by uuid not null,
  recorded_at timestamp(3) with time zone not null,
  assignee_id uuid,
  assigned_by uuid,
  decision text,
  denial_reason text,
  decided_at timestamp(3) with time zone,
  denied_by uuid,
  close_reason text,
  closed_at timestamp(3) with time zone,
  constraint closed_whole CHECK ((((state = 'CLOSED'::text) = (closed_at IS NOT NULL)) AND ((closed_at IS NULL) = (close_reason IS NULL)))),
  constraint decided_whole CHECK ((((decision IS NULL) = (decided_at IS NULL)) AND ((state <> 'DECIDED'::text) OR (decision IS NOT NULL)))),
  constraint denied_with_reason CHECK (((denial_reason IS NOT NULL) = ((decision IS NOT NULL) AND (decision <> 'GRANTED'::text)))),
  constraint in_hand_of_somebody CHECK ((((assignee_id IS NULL) = (assigned_by IS NULL)) AND ((assignee_id IS NOT NULL) OR (state = ANY (ARRAY['OPEN'::text, 'CLOSED'::text]))))),
  constraint not_denied_twice_by_one CHECK ((denied_by <> assignee_id)),
  constraint privacy_request_org_id_assigned_by_fkey FOREIGN KEY (org_id, assigned_by) REFERENCES member(org_id, id),
  constraint privacy_request_org_id_assignee_id_fkey FOREIGN KEY (org_id, assignee_id) REFERENCES member(org_id, id),
  constraint privacy_request_org_id_denied_by_fkey FOREIGN KEY (org_id, denied_by) REFERENCES member(org_id, id),
  constraint privacy_request_org_id_facility_id_fkey FOREIGN KEY (org_id, facility_id) REFERENCES facility(org_id, id),
  constraint privacy_request_org_id_patient_id_fkey FOREIGN KEY (org_id, patient_id) REFERENCES patient(org_id, id),
  constraint privacy_request_org_id_recorded_by_fkey FOREIGN KEY (org_id, recorded_by) REFERENCES member(org_id, id),
  constraint privacy_request_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE INDEX privacy_request_in_hand ON public.privacy_request USING btree (org_id, assignee_id, facility_id) WHERE (state = ANY (ARRAY['ASSIGNED'::text, 'DECIDED'::text]));
CREATE INDEX privacy_request_queue ON public.privacy_request USING btree (org_id, facility_id, recorded_at);
alter table privacy_request enable row level security;
alter table privacy_request force row level security;
create policy organisation on privacy_request for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.privacy_request FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER closed_for_good BEFORE UPDATE ON public.privacy_request FOR EACH ROW WHEN ((old.state = 'CLOSED'::text)) EXECUTE FUNCTION refuse_reopening();
CREATE TRIGGER never_removed BEFORE DELETE ON public.privacy_request FOR EACH ROW EXECUTE FUNCTION refuse_change();
grant insert, select on privacy_request to chartroom_app;

create table privacy_request_event (
  org_id uuid not null,
  id uuid not null,
  request_id uuid not null,
  version integer not null,
  type text not null,
  actor_id uuid not null,
  at timestamp(3) with time zone not null,
  assignee_id uuid,
  decision text,
  denial_reason text,
  note bytea,
  constraint privacy_request_event_org_id_actor_id_fkey FOREIGN KEY (org_id, actor_id) REFERENCES member(org_id, id),
  constraint privacy_request_event_org_id_request_id_fkey FOREIGN KEY (org_id, request_id) REFERENCES privacy_request(org_id, id),
  constraint privacy_request_event_org_id_id_pk PRIMARY KEY (org_id, id),
  constraint one_step_a_version UNIQUE (org_id, request_id, version)
);
CREATE INDEX privacy_request_event_by_request ON public.privacy_request_event USING btree (org_id, request_id, version);
alter table privacy_request_event enable row level security;
alter table privacy_request_event force row level security;
create policy organisation on privacy_request_event for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.privacy_request_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.privacy_request_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant insert, select on privacy_request_event to chartroom_app;

create table privacy_request_result (
  org_id uuid not null,
  id uuid not null,
  request_id uuid not null,
  type text not null,
  subject_id uuid,
  actor_id uuid not null,
  at timestamp(3) with time zone not null,
  content bytea,
  sha256 text,
  constraint about_something CHECK (((subject_id IS NULL) = (type = 'ACCOUNTING'::text))),
  constraint content_with_its_hash CHECK (((content IS NULL) = (sha256 IS NULL))),
  constraint privacy_request_result_org_id_actor_id_fkey FOREIGN KEY (org_id, actor_id) REFERENCES member(org_id, id),
  constraint privacy_request_result_org_id_request_id_fkey FOREIGN KEY (org_id, request_id) REFERENCES privacy_request(org_id, id),
  constraint privacy_request_result_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE INDEX privacy_request_result_by_request ON public.privacy_request_result USING btree (org_id, request_id, at);
CREATE INDEX privacy_request_result_by_subject ON public.privacy_request_result USING btree (org_id, subject_id);
alter table privacy_request_result enable row level security;
alter table privacy_request_result force row level security;
create policy organisation on privacy_request_result for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.privacy_request_result FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.privacy_request_result FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant insert, select on privacy_request_result to chartroom_app;

create table quality_result (
  org_id uuid not null,
  id uuid not null,
  audit_id uuid not null,
  chart_id uuid not null,
  facility_id uuid not null,
  member_id uuid not null,
  auditor_id uuid not null,
  finding_ids uuid[] not null,
  closed_at timestamp(3) with time zone not null,
  constraint quality_result_org_id_audit_id_fkey FOREIGN KEY (org_id, audit_id) REFERENCES audit(org_id, id),
  constraint quality_result_org_id_auditor_id_fkey FOREIGN KEY (org_id, auditor_id) REFERENCES member(org_id, id),
  constraint quality_result_org_id_chart_id_fkey FOREIGN KEY (org_id, chart_id) REFERENCES chart(org_id, id),
  constraint quality_result_org_id_facility_id_fkey FOREIGN KEY (org_id, facility_id) REFERENCES facility(org_id, id),
  constraint quality_result_org_id_member_id_fkey FOREIGN KEY (org_id, member_id) REFERENCES member(org_id, id),
  constraint quality_result_org_id_id_pk PRIMARY KEY (org_id, id),
  constraint quality_result_of_member UNIQUE (org_id, audit_id, member_id)
);
CREATE INDEX quality_result_by_facility ON public.quality_result USING btree (org_id, facility_id, closed_at);
CREATE INDEX quality_result_by_member ON public.quality_result USING btree (org_id, member_id, closed_at);
alter table quality_result enable row level security;
alter table quality_result force row level security;
create policy organisation on quality_result for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.quality_result FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.quality_result FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant insert, select on quality_result to chartroom_app;

create table query_opportunity (
  org_id uuid not null,
  id uuid not null,
  chart_id uuid not null,
  topic text not null,
  reason bytea not null,
  version integer default 1 not null,
  created_at timestamp(3) with time zone not null,
  constraint query_opportunity_org_id_chart_id_fkey FOREIGN KEY (org_id, chart_id) REFERENCES chart(org_id, id),
  constraint query_opportunity_org_id_id_pk PRIMARY KEY (org_id, id),
  constraint query_opportunity_topic UNIQUE (org_id, chart_id, topic)
);
alter table query_opportunity enable row level security;
alter table query_opportunity force row level security;
create policy organisation on query_opportunity for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
grant delete, insert, select, update on query_opportunity to chartroom_app;

create table queue (
  org_id uuid not null,
  id uuid not null,
  name text not null,
  constraint queue_org_id_fkey FOREIGN KEY (org_id) REFERENCES organisation(id),
  constraint queue_org_id_id_pk PRIMARY KEY (org_id, id),
  constraint queue_name UNIQUE (org_id, name)
);
alter table queue enable row level security;
alter table queue force row level security;
create policy organisation on queue for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
grant delete, insert, select, update on queue to chartroom_app;

create table queue_team (
  org_id uuid not null,
  queue_id uuid not null,
  team_id uuid not null,
  constraint queue_team_org_id_queue_id_fkey FOREIGN KEY (org_id, queue_id) REFERENCES queue(org_id, id),
  constraint queue_team_org_id_team_id_fkey FOREIGN KEY (org_id, team_id) REFERENCES team(org_id, id),
  constraint queue_team_org_id_queue_id_team_id_pk PRIMARY KEY (org_id, queue_id, team_id)
);
alter table queue_team enable row level security;
alter table queue_team force row level security;
create policy organisation on queue_team for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
grant delete, insert, select, update on queue_team to chartroom_app;

create table restriction (
  org_id uuid not null,
  id uuid not null,
  facility_id uuid not null,
  patient_id uuid not null,
  chart_id uuid,
  self_pay boolean not null,
  purposes text[] not null,
  version integer default 1 not null,
  content bytea not null,
  agreed_at timestamp(3) with time zone not null,
  lifted_at timestamp(3) with time zone,
  lift_reason text,
  constraint restriction_org_id_chart_id_fkey FOREIGN KEY (org_id, chart_id) REFERENCES chart(org_id, id),
  constraint restriction_org_id_facility_id_fkey FOREIGN KEY (org_id, facility_id) REFERENCES facility(org_id, id),
  constraint restriction_org_id_patient_id_fkey FOREIGN KEY (org_id, patient_id) REFERENCES patient(org_id, id),
  constraint restriction_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE INDEX restriction_by_patient ON public.restriction USING btree (org_id, patient_id);
alter table restriction enable row level security;
alter table restriction force row level security;
create policy organisation on restriction for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER never_removed BEFORE DELETE ON public.restriction FOR EACH ROW EXECUTE FUNCTION refuse_change();
grant insert, select, update on restriction to chartroom_app;

create table restriction_event (
  org_id uuid not null,
  id uuid not null,
  restriction_id uuid not null,
  version integer not null,
  type text not null,
  actor_id uuid not null,
  at timestamp(3) with time zone not null,
  note bytea,
  constraint restriction_event_org_id_restriction_id_fkey FOREIGN KEY (org_id, restriction_id) REFERENCES restriction(org_id, id),
  constraint restriction_event_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE INDEX restriction_event_by_restriction ON public.restriction_event USING btree (org_id, restriction_id);
CREATE UNIQUE INDEX restriction_event_version ON public.restriction_event USING btree (org_id, restriction_id, version);
alter table restriction_event enable row level security;
alter table restriction_event force row level security;
create policy organisation on restriction_event for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.restriction_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.restriction_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant insert, select on restriction_event to chartroom_app;

create table socket_ticket (
  ticket_hash text not null,
  session_id text not null,
  org_id text not null,
  expires_at timestamp with time zone not null,
  constraint socket_ticket_session_id_fkey FOREIGN KEY (session_id) REFERENCES auth_session(id) ON DELETE CASCADE,
  constraint socket_ticket_pkey PRIMARY KEY (ticket_hash)
);
grant delete, insert, select, update on socket_ticket to chartroom_app;

create table standing_change (
  id bigint not null,
  xact bigint default ((pg_current_xact_id())::text)::bigint not null,
  session_id text,
  member_id uuid,
  at timestamp(3) with time zone default now() not null,
  constraint standing_change_pkey PRIMARY KEY (id)
);
CREATE INDEX standing_change_at ON public.standing_change USING btree (at);
CREATE INDEX standing_change_xact ON public.standing_change USING btree (xact);
grant select on standing_change to chartroom_app;

create table submission (
  org_id uuid not null,
  id uuid not null,
  chart_id uuid not null,
  number integer not null,
  submitted_by uuid not null,
  submitted_at timestamp(3) with time zone not null,
  at_seq bigint not null,
  warning_count integer not null,
  snapshot bytea not null,
  snapshot_sha256 text not null,
  constraint submission_org_id_chart_id_fkey FOREIGN KEY (org_id, chart_id) REFERENCES chart(org_id, id),
  constraint submission_org_id_id_pk PRIMARY KEY (org_id, id),
  constraint submission_number UNIQUE (org_id, chart_id, number)
);
alter table submission enable row level security;
alter table submission force row level security;
create policy organisation on submission for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.submission FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.submission FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant insert, select on submission to chartroom_app;

create table suggestion (
  org_id uuid not null,
  id uuid not null,
  chart_id uuid not null,
  system text not null,
  code text not null,
  kind text not null,
  role text not null,
  rank integer,
  poa text,
  poa_proposed text,
  modifiers text[] not null,
  units integer,
  performed_on date,
  performer text,
  origin text not null,
  author_id uuid,
  confidence real,
  reason bytea,
  status text not null,
  replaces uuid,
  evidence_stale boolean default false not null,
  decided_by uuid,
  decided_at timestamp(3) with time zone,
  decision_reason bytea,
  version integer default 1 not null,
  created_at timestamp(3) with time zone not null,
  constraint suggestion_org_id_chart_id_fkey FOREIGN KEY (org_id, chart_id) REFERENCES chart(org_id, id),
  constraint suggestion_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE INDEX suggestion_by_chart ON public.suggestion USING btree (org_id, chart_id);
CREATE UNIQUE INDEX suggestion_one_principal ON public.suggestion USING btree (org_id, chart_id) WHERE ((status = 'ACCEPTED'::text) AND (role = ANY (ARRAY['PRINCIPAL'::text, 'FIRST_LISTED'::text])));
alter table suggestion enable row level security;
alter table suggestion force row level security;
create policy organisation on suggestion for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
grant insert, select, update on suggestion to chartroom_app;

create table team (
  org_id uuid not null,
  id uuid not null,
  name text not null,
  assignment_days integer default 1 not null,
  constraint team_org_id_fkey FOREIGN KEY (org_id) REFERENCES organisation(id),
  constraint team_org_id_id_pk PRIMARY KEY (org_id, id),
  constraint team_name UNIQUE (org_id, name)
);
alter table team enable row level security;
alter table team force row level security;
create policy organisation on team for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
grant delete, insert, select, update on team to chartroom_app;

create table team_member (
  org_id uuid not null,
  team_id uuid not null,
  member_id uuid not null,
  constraint team_member_org_id_member_id_fkey FOREIGN KEY (org_id, member_id) REFERENCES member(org_id, id),
  constraint team_member_org_id_team_id_fkey FOREIGN KEY (org_id, team_id) REFERENCES team(org_id, id),
  constraint team_member_org_id_team_id_member_id_pk PRIMARY KEY (org_id, team_id, member_id)
);
CREATE INDEX team_member_by_member ON public.team_member USING btree (org_id, member_id);
alter table team_member enable row level security;
alter table team_member force row level security;
create policy organisation on team_member for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
grant delete, insert, select, update on team_member to chartroom_app;

create table tombstone (
  org_id uuid not null,
  id uuid not null,
  facility_id uuid not null,
  patient_id uuid not null,
  subject_ref text not null,
  blind_indexes bytea[] not null,
  reason text not null,
  requested_by uuid not null,
  approved_by uuid not null,
  chart_count integer not null,
  deleted_at timestamp(3) with time zone not null,
  signature text not null,
  constraint decided_by_two CHECK ((approved_by <> requested_by)),
  constraint tombstone_org_id_facility_id_fkey FOREIGN KEY (org_id, facility_id) REFERENCES facility(org_id, id),
  constraint tombstone_org_id_patient_id_fkey FOREIGN KEY (org_id, patient_id) REFERENCES patient(org_id, id),
  constraint tombstone_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE INDEX tombstone_by_facility ON public.tombstone USING btree (org_id, facility_id, deleted_at);
CREATE INDEX tombstone_by_look_up ON public.tombstone USING gin (blind_indexes);
CREATE INDEX tombstone_by_patient ON public.tombstone USING btree (org_id, patient_id);
alter table tombstone enable row level security;
alter table tombstone force row level security;
create policy organisation on tombstone for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.tombstone FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.tombstone FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant insert, select on tombstone to chartroom_app;

create table upload (
  org_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  ticket_hash text not null,
  state text not null,
  declared_bytes integer not null,
  declared_sha256 text,
  sha256 text,
  media_kind text,
  kek_id text,
  wrapped_key bytea,
  content bytea,
  created_at timestamp(3) with time zone not null,
  expires_at timestamp(3) with time zone not null,
  constraint upload_org_id_id_pk PRIMARY KEY (org_id, id)
);
CREATE INDEX upload_expires ON public.upload USING btree (expires_at);
alter table upload enable row level security;
alter table upload force row level security;
create policy expiry_lookup on upload for ALL to <owner> using (true);
create policy organisation on upload for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
grant delete, insert, select, update on upload to chartroom_app;

create table vendor_agreement (
  org_id uuid not null,
  id uuid not null,
  vendor_name text not null,
  facility_ids uuid[] not null,
  purposes text[] not null,
  scopes text[] not null,
  effective_from timestamp(3) with time zone not null,
  effective_until timestamp(3) with time zone,
  ended_at timestamp(3) with time zone,
  access_epoch integer default 0 not null,
  created_by uuid not null,
  created_at timestamp(3) with time zone not null,
  approved_at timestamp(3) with time zone,
  approved_by uuid,
  constraint approved_by_a_second_person CHECK (((approved_by <> created_by) AND ((approved_by IS NULL) OR (approved_at IS NOT NULL)))),
  constraint begins_before_it_ends CHECK ((effective_until > effective_from)),
  constraint vendor_agreement_org_id_approved_by_fkey FOREIGN KEY (org_id, approved_by) REFERENCES member(org_id, id),
  constraint vendor_agreement_org_id_created_by_fkey FOREIGN KEY (org_id, created_by) REFERENCES member(org_id, id),
  constraint vendor_agreement_org_id_id_pk PRIMARY KEY (org_id, id)
);
alter table vendor_agreement enable row level security;
alter table vendor_agreement force row level security;
create policy organisation on vendor_agreement for ALL to public using ((org_id = ( SELECT chartroom_org() AS chartroom_org))) with check ((org_id = ( SELECT chartroom_org() AS chartroom_org)));
CREATE TRIGGER never_removed BEFORE DELETE ON public.vendor_agreement FOR EACH ROW EXECUTE FUNCTION refuse_change();
grant insert, select on vendor_agreement to chartroom_app;

CREATE OR REPLACE FUNCTION public.assignments_due(at timestamp with time zone)
 RETURNS TABLE(org_id uuid, chart_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
AS $function$ select c.org_id, c.id from chart c where c.status = 'IN_CODING' and c.assigned_until <= at limit 500 $function$
;

CREATE OR REPLACE FUNCTION public.chartroom_org()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select nullif(current_setting('chartroom.org', true), '')::uuid $function$
;

CREATE OR REPLACE FUNCTION public.client_spends(this uuid, program uuid, at timestamp with time zone, most integer, cost integer)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 SET search_path TO 'public'
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION public.client_tokens_in_force(org uuid, at timestamp with time zone)
 RETURNS TABLE(token_id uuid, client_id uuid, agreement_id uuid, actor_id uuid, epoch integer, ends timestamp with time zone)
 LANGUAGE sql
 STABLE
AS $function$ select t.id, t.client_id, f.agreement_id, coalesce(m.id, t.client_id), f.epoch + coalesce(m.access_epoch, 0),
          least(t.expires_at, f.ends, s.expires_at)
        from client_token t
        join clients_in_force(org, at) f on f.client_id = t.client_id
        left join member m on m.org_id = t.org_id and m.id = t.member_id and m.disabled_at is null
        left join auth_session s on s.id = t.session_id and s.user_id = m.user_id and s.expires_at > at
        where t.org_id = org and t.revoked_at is null and t.expires_at > at
          and (t.member_id is null or s.id is not null) $function$
;

CREATE OR REPLACE FUNCTION public.clients_in_force(org uuid, at timestamp with time zone)
 RETURNS TABLE(client_id uuid, agreement_id uuid, epoch integer, ends timestamp with time zone)
 LANGUAGE sql
 STABLE
AS $function$ select c.id, a.id, c.access_epoch + a.access_epoch, a.effective_until
        from client c join vendor_agreement a on a.org_id = c.org_id and a.id = c.agreement_id
        where c.org_id = org and c.approved_at is not null and a.approved_at is not null
          and c.suspended_at is null and a.ended_at is null and c.purpose = any (a.purposes)
          and a.effective_from <= at and (a.effective_until is null or a.effective_until > at) $function$
;

CREATE OR REPLACE FUNCTION public.consents_due(at timestamp with time zone)
 RETURNS TABLE(org_id uuid, consent_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
AS $function$ select c.org_id, c.id from consent c
        where c.status = 'ACTIVE' and (c.expires_at is null or c.expires_at <= at) limit 500 $function$
;

CREATE OR REPLACE FUNCTION public.desk_head(org uuid, id uuid)
 RETURNS text
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'public'
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION public.forget_desk_changes()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public'
AS $function$ delete from desk_change where desk_change.at < now() - interval '1 day' $function$
;

CREATE OR REPLACE FUNCTION public.forget_expired(at timestamp with time zone)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
declare uploads integer; outcomes integer;
begin
  delete from upload where expires_at < forget_expired.at;
  get diagnostics uploads = row_count;
  delete from command_outcome where command_outcome.at < forget_expired.at - interval '7 days';
  get diagnostics outcomes = row_count;
  delete from standing_change where standing_change.at < now() - interval '1 day';
  return uploads + outcomes;
end $function$
;

CREATE OR REPLACE FUNCTION public.live_changes(at timestamp with time zone, since bigint, orgs text, epochs text, streams text, heads text, sessions text, people text)
 RETURNS TABLE(org text, of text, id text, is_now text)
 LANGUAGE plpgsql
 SET search_path TO 'public'
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION public.memberships_of(person text)
 RETURNS TABLE(org_id uuid, org_name text, member_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
AS $function$ select m.org_id, o.name, m.id from member m join organisation o on o.id = m.org_id
        where m.user_id = person and m.disabled_at is null order by o.name $function$
;

CREATE OR REPLACE FUNCTION public.note_chart_in_inboxes()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public'
AS $function$ begin
    insert into desk_change (org_id, member_id)
    select distinct i.org_id, i.member_id from inbox_item i where i.org_id = new.org_id and i.chart_id = new.id;
    return null;
  end $function$
;

CREATE OR REPLACE FUNCTION public.note_inbox_entry()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public'
AS $function$ begin insert into desk_change (org_id, member_id) values (new.org_id, new.member_id); return null; end $function$
;

CREATE OR REPLACE FUNCTION public.note_membership()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public'
AS $function$ begin insert into standing_change (member_id) values (old.id); return null; end $function$
;

CREATE OR REPLACE FUNCTION public.note_patient_in_inboxes()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public'
AS $function$ begin
    insert into desk_change (org_id, member_id)
    select distinct i.org_id, i.member_id from chart c
    join inbox_item i on i.org_id = c.org_id and i.chart_id = c.id
    where c.org_id = new.org_id and c.patient_id = new.id;
    return null;
  end $function$
;

CREATE OR REPLACE FUNCTION public.note_sign_in()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public'
AS $function$ begin insert into standing_change (session_id) values (old.id); return null; end $function$
;

CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ begin raise exception 'rows of % are never changed or removed', tg_table_name using errcode = 'restrict_violation'; end $function$
;

CREATE OR REPLACE FUNCTION public.refuse_late_finding()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from audit a where a.org_id = new.org_id and a.id = new.audit_id and a.status = 'CLOSED') then
    raise exception 'a closed audit takes no more findings';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.refuse_reopening()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'a closed request stays closed';
end $function$
;

CREATE OR REPLACE FUNCTION public.refuse_reopening_audit()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'a closed audit stays closed';
end $function$
;

CREATE OR REPLACE FUNCTION public.refuse_second_decision()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'a decided request is not decided again';
end $function$
;

CREATE OR REPLACE FUNCTION public.refuse_unrevealing()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'a revealed pass stays revealed';
end $function$
;

CREATE OR REPLACE FUNCTION public.refuse_version_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$
;
