-- Who hid a review is not forgotten: its CHECK would refuse a hidden review without one.
ALTER TABLE "review" DROP CONSTRAINT "review_hidden_by_id_fkey";
ALTER TABLE "review" ADD CONSTRAINT "review_hidden_by_id_fkey" FOREIGN KEY ("hidden_by_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
