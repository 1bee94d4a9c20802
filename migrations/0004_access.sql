ALTER TABLE "finding" ADD COLUMN "guideline_sealed" "bytea";--> statement-breakpoint
CREATE INDEX "chart_in_coding_until" ON "chart" USING btree ("assigned_until") WHERE status = 'IN_CODING';