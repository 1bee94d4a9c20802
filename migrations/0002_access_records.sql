-- One operation can reach charts of several facilities. Nothing was recorded before this migration.
alter table access_record drop column facility_id;
alter table access_record add column facility_ids uuid[] not null;
--> statement-breakpoint
-- The text of an operation is kept once and never changed; a chain's head moves and never goes away.
create trigger append_only before update or delete on access_operation for each row execute function refuse_change();
create trigger append_only_truncate before truncate on access_operation for each statement execute function refuse_change();
revoke update, delete on access_operation from chartroom_app;
revoke delete on access_head from chartroom_app;
