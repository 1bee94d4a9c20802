CREATE TABLE "member" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"display_name" text NOT NULL,
	"roles" text[] NOT NULL,
	"access_epoch" integer DEFAULT 0 NOT NULL,
	"disabled_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "member_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "member_user" UNIQUE("org_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "member_facility" (
	"org_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	CONSTRAINT "member_facility_org_id_member_id_facility_id_pk" PRIMARY KEY("org_id","member_id","facility_id")
);
--> statement-breakpoint
CREATE TABLE "organisation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"access_epoch" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "team" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"assignment_days" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "team_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "team_name" UNIQUE("org_id","name")
);
--> statement-breakpoint
CREATE TABLE "team_member" (
	"org_id" uuid NOT NULL,
	"team_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	CONSTRAINT "team_member_org_id_team_id_member_id_pk" PRIMARY KEY("org_id","team_id","member_id")
);
--> statement-breakpoint
CREATE TABLE "auth_account" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "auth_session" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"token" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "auth_session_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "auth_two_factor" (
	"id" text PRIMARY KEY NOT NULL,
	"secret" text NOT NULL,
	"backup_codes" text NOT NULL,
	"user_id" text NOT NULL,
	"verified" boolean DEFAULT true,
	"failed_verification_count" integer DEFAULT 0,
	"locked_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "auth_user" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"two_factor_enabled" boolean DEFAULT false,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "auth_user_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "auth_verification" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "socket_ticket" (
	"ticket_hash" text PRIMARY KEY NOT NULL,
	"session_id" text NOT NULL,
	"org_id" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"chart_id" uuid NOT NULL,
	"submission_id" uuid NOT NULL,
	"auditor_id" uuid NOT NULL,
	"status" text NOT NULL,
	"reason" text NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	CONSTRAINT "audit_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "finding" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"audit_id" uuid NOT NULL,
	"chart_id" uuid NOT NULL,
	"suggestion_id" uuid,
	"proposed_suggestion_id" uuid,
	"element" text NOT NULL,
	"kind" text NOT NULL,
	"guideline" text,
	"explanation" "bytea" NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "finding_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "assignment" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"chart_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"part" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "assignment_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "chart" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	"queue_id" uuid,
	"account_number" text NOT NULL,
	"status" text NOT NULL,
	"identity_hold" boolean DEFAULT false NOT NULL,
	"restricted" boolean DEFAULT false NOT NULL,
	"patient_class" text NOT NULL,
	"inpatient_order_at" timestamp (3) with time zone,
	"admitted_at" timestamp (3) with time zone,
	"discharged_at" timestamp (3) with time zone,
	"service_date" date,
	"disposition" text,
	"payer" text,
	"attending_provider" text,
	"operating_provider" text,
	"service_line" text,
	"total_charges_cents" bigint,
	"abstract_meta" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"coder_of_record_id" uuid,
	"assigned_until" timestamp (3) with time zone,
	"first_coder_id" uuid,
	"last_submitter_id" uuid,
	"order_version" integer DEFAULT 1 NOT NULL,
	"submission_count" integer DEFAULT 0 NOT NULL,
	"late_document" boolean DEFAULT false NOT NULL,
	"engine_state" text DEFAULT 'NONE' NOT NULL,
	"access_epoch" integer DEFAULT 0 NOT NULL,
	"received_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "chart_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "chart_account" UNIQUE("org_id","facility_id","account_number")
);
--> statement-breakpoint
CREATE TABLE "pend" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"chart_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"note" "bytea",
	"due_on" date,
	"member_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"removed_at" timestamp (3) with time zone,
	"removed_by" uuid,
	CONSTRAINT "pend_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "code_release" (
	"id" text PRIMARY KEY NOT NULL,
	"system" text NOT NULL,
	"name" text NOT NULL,
	"effective_from" date NOT NULL,
	"effective_to" date,
	"code_count" integer NOT NULL,
	"billable_count" integer NOT NULL,
	"content_hash" text NOT NULL,
	"source" text NOT NULL,
	"gaps" text[] NOT NULL,
	"imported_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"artefact" "bytea" NOT NULL,
	CONSTRAINT "code_release_content" UNIQUE("content_hash")
);
--> statement-breakpoint
CREATE TABLE "document" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"chart_id" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	"current_version_id" uuid NOT NULL,
	"withdrawn_at" timestamp (3) with time zone,
	"withdrawn_reason" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "document_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "document_version" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"chart_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"type" text NOT NULL,
	"author_role" text NOT NULL,
	"authored_at" timestamp (3) with time zone,
	"encounter_part" text NOT NULL,
	"signed" boolean NOT NULL,
	"signed_at" timestamp (3) with time zone,
	"signed_by" uuid,
	"labels" text[] NOT NULL,
	"header" "bytea" NOT NULL,
	"text" "bytea" NOT NULL,
	"text_length" integer NOT NULL,
	"text_sha256" text NOT NULL,
	"scan" boolean NOT NULL,
	"pages" jsonb NOT NULL,
	"original" "bytea",
	"original_media_type" text,
	"read_by_engine" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" uuid,
	CONSTRAINT "document_version_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "document_version_number" UNIQUE("org_id","document_id","number")
);
--> statement-breakpoint
CREATE TABLE "upload" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"ticket_hash" text NOT NULL,
	"state" text NOT NULL,
	"declared_bytes" integer NOT NULL,
	"declared_sha256" text,
	"sha256" text,
	"media_kind" text,
	"kek_id" text,
	"wrapped_key" "bytea",
	"content" "bytea",
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "upload_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "agreement" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"covered_entity_id" uuid NOT NULL,
	"purposes" text[] NOT NULL,
	"effective_from" date NOT NULL,
	"effective_to" date,
	"contact" text NOT NULL,
	"notice_hours" integer NOT NULL,
	"deidentification_allowed" boolean DEFAULT false NOT NULL,
	"delegated_notices" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "agreement_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "covered_entity" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "covered_entity_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "facility" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"covered_entity_id" uuid NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"require_signed" boolean DEFAULT false NOT NULL,
	"require_poa" boolean DEFAULT true NOT NULL,
	"time_zone" text DEFAULT 'America/New_York' NOT NULL,
	"access_epoch" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "facility_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "facility_key" UNIQUE("org_id","key")
);
--> statement-breakpoint
CREATE TABLE "chart_event" (
	"org_id" uuid NOT NULL,
	"stream_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"chart_id" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	"cursor" uuid NOT NULL,
	"type" text NOT NULL,
	"actor_id" uuid,
	"at" timestamp (3) with time zone NOT NULL,
	"subject_id" uuid NOT NULL,
	"cited_document_ids" uuid[] NOT NULL,
	"classes" text[] NOT NULL,
	"payload" "bytea" NOT NULL,
	CONSTRAINT "chart_event_org_id_stream_id_seq_pk" PRIMARY KEY("org_id","stream_id","seq"),
	CONSTRAINT "chart_event_cursor" UNIQUE("org_id","stream_id","cursor")
);
--> statement-breakpoint
CREATE TABLE "chart_stream" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"chart_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"head_seq" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "chart_stream_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "command_outcome" (
	"org_id" uuid NOT NULL,
	"actor_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"name" text NOT NULL,
	"input_hash" text NOT NULL,
	"outcome" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "command_outcome_org_id_actor_id_command_id_pk" PRIMARY KEY("org_id","actor_id","command_id")
);
--> statement-breakpoint
CREATE TABLE "patient" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"identity" "bytea" NOT NULL,
	"access_epoch" integer DEFAULT 0 NOT NULL,
	"merged_into" uuid,
	"deleted_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "patient_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "patient_identifier" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"assigner" text NOT NULL,
	"type" text NOT NULL,
	"blind_index" "bytea" NOT NULL,
	"value" "bytea" NOT NULL,
	CONSTRAINT "patient_identifier_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "patient_identifier_once" UNIQUE("org_id","facility_id","assigner","type","blind_index")
);
--> statement-breakpoint
CREATE TABLE "patient_key" (
	"org_id" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	"kek_id" text NOT NULL,
	"wrapped" "bytea",
	"destroyed_at" timestamp (3) with time zone,
	CONSTRAINT "patient_key_org_id_patient_id_pk" PRIMARY KEY("org_id","patient_id")
);
--> statement-breakpoint
CREATE TABLE "queue" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "queue_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "queue_name" UNIQUE("org_id","name")
);
--> statement-breakpoint
CREATE TABLE "queue_team" (
	"org_id" uuid NOT NULL,
	"queue_id" uuid NOT NULL,
	"team_id" uuid NOT NULL,
	CONSTRAINT "queue_team_org_id_queue_id_team_id_pk" PRIMARY KEY("org_id","queue_id","team_id")
);
--> statement-breakpoint
CREATE TABLE "comment" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"chart_id" uuid NOT NULL,
	"suggestion_id" uuid,
	"parent_id" uuid,
	"author_id" uuid NOT NULL,
	"body" "bytea" NOT NULL,
	"resolved_at" timestamp (3) with time zone,
	"resolved_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "comment_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "drg_result" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"chart_id" uuid NOT NULL,
	"value" text NOT NULL,
	"grouper" text NOT NULL,
	"grouper_version" text NOT NULL,
	"source" text NOT NULL,
	"member_id" uuid,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "drg_result_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "export_record" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"chart_id" uuid NOT NULL,
	"submission_id" uuid NOT NULL,
	"format" text NOT NULL,
	"member_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"sha256" text NOT NULL,
	"content" "bytea" NOT NULL,
	CONSTRAINT "export_record_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "submission" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"chart_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"submitted_by" uuid NOT NULL,
	"submitted_at" timestamp (3) with time zone NOT NULL,
	"at_seq" bigint NOT NULL,
	"warning_count" integer NOT NULL,
	"snapshot" "bytea" NOT NULL,
	"snapshot_sha256" text NOT NULL,
	CONSTRAINT "submission_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "submission_number" UNIQUE("org_id","chart_id","number")
);
--> statement-breakpoint
CREATE TABLE "edit_override" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"chart_id" uuid NOT NULL,
	"edit_key" text NOT NULL,
	"rule_id" text NOT NULL,
	"reason" "bytea" NOT NULL,
	"member_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "edit_override_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "edit_override_once" UNIQUE("org_id","chart_id","edit_key")
);
--> statement-breakpoint
CREATE TABLE "evidence" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"chart_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"start" integer,
	"end" integer,
	"page" integer,
	"kind" text NOT NULL,
	CONSTRAINT "evidence_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "query_opportunity" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"chart_id" uuid NOT NULL,
	"topic" text NOT NULL,
	"reason" "bytea" NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "query_opportunity_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "query_opportunity_topic" UNIQUE("org_id","chart_id","topic")
);
--> statement-breakpoint
CREATE TABLE "suggestion" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"chart_id" uuid NOT NULL,
	"system" text NOT NULL,
	"code" text NOT NULL,
	"kind" text NOT NULL,
	"role" text NOT NULL,
	"rank" integer,
	"poa" text,
	"poa_proposed" text,
	"modifiers" text[] NOT NULL,
	"units" integer,
	"performed_on" date,
	"performer" text,
	"origin" text NOT NULL,
	"author_id" uuid,
	"confidence" real,
	"reason" "bytea",
	"status" text NOT NULL,
	"replaces" uuid,
	"evidence_stale" boolean DEFAULT false NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp (3) with time zone,
	"decision_reason" "bytea",
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "suggestion_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "access_head" (
	"org_id" uuid PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "access_operation" (
	"hash" text PRIMARY KEY NOT NULL,
	"text" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "access_record" (
	"org_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" uuid,
	"facility_id" uuid,
	"action" text NOT NULL,
	"purpose" text NOT NULL,
	"operation_hash" text,
	"subject_refs" text[] NOT NULL,
	"classes" text[] NOT NULL,
	"outcome" text NOT NULL,
	"detail" jsonb NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "access_record_org_id_seq_pk" PRIMARY KEY("org_id","seq")
);
--> statement-breakpoint
CREATE INDEX "member_by_user" ON "member" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "team_member_by_member" ON "team_member" USING btree ("org_id","member_id");--> statement-breakpoint
CREATE INDEX "auth_account_user" ON "auth_account" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "auth_session_user" ON "auth_session" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "auth_two_factor_user" ON "auth_two_factor" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "auth_verification_identifier" ON "auth_verification" USING btree ("identifier");--> statement-breakpoint
CREATE INDEX "audit_by_chart" ON "audit" USING btree ("org_id","chart_id");--> statement-breakpoint
CREATE INDEX "finding_by_audit" ON "finding" USING btree ("org_id","audit_id");--> statement-breakpoint
CREATE INDEX "assignment_by_chart" ON "assignment" USING btree ("org_id","chart_id");--> statement-breakpoint
CREATE INDEX "assignment_by_member" ON "assignment" USING btree ("org_id","member_id");--> statement-breakpoint
CREATE INDEX "chart_by_status" ON "chart" USING btree ("org_id","status","received_at","id");--> statement-breakpoint
CREATE INDEX "chart_by_queue" ON "chart" USING btree ("org_id","queue_id","status");--> statement-breakpoint
CREATE INDEX "chart_by_coder" ON "chart" USING btree ("org_id","coder_of_record_id");--> statement-breakpoint
CREATE INDEX "chart_by_patient" ON "chart" USING btree ("org_id","patient_id");--> statement-breakpoint
CREATE INDEX "pend_by_chart" ON "pend" USING btree ("org_id","chart_id");--> statement-breakpoint
CREATE INDEX "document_by_chart" ON "document" USING btree ("org_id","chart_id");--> statement-breakpoint
CREATE INDEX "document_version_by_chart" ON "document_version" USING btree ("org_id","chart_id");--> statement-breakpoint
CREATE INDEX "upload_expires" ON "upload" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "chart_event_by_chart" ON "chart_event" USING btree ("org_id","chart_id");--> statement-breakpoint
CREATE INDEX "chart_stream_by_chart" ON "chart_stream" USING btree ("org_id","chart_id");--> statement-breakpoint
CREATE INDEX "command_outcome_at" ON "command_outcome" USING btree ("at");--> statement-breakpoint
CREATE INDEX "patient_facility" ON "patient" USING btree ("org_id","facility_id");--> statement-breakpoint
CREATE INDEX "patient_identifier_by_patient" ON "patient_identifier" USING btree ("org_id","patient_id");--> statement-breakpoint
CREATE INDEX "comment_by_chart" ON "comment" USING btree ("org_id","chart_id");--> statement-breakpoint
CREATE INDEX "drg_result_by_chart" ON "drg_result" USING btree ("org_id","chart_id");--> statement-breakpoint
CREATE INDEX "export_record_by_chart" ON "export_record" USING btree ("org_id","chart_id");--> statement-breakpoint
CREATE INDEX "evidence_by_owner" ON "evidence" USING btree ("org_id","owner_id");--> statement-breakpoint
CREATE INDEX "evidence_by_chart" ON "evidence" USING btree ("org_id","chart_id");--> statement-breakpoint
CREATE INDEX "suggestion_by_chart" ON "suggestion" USING btree ("org_id","chart_id");--> statement-breakpoint
CREATE INDEX "access_record_at" ON "access_record" USING btree ("org_id","at");