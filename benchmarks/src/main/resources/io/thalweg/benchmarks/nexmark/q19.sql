-- The ten highest bids of each auction.
SELECT *
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY auction ORDER BY price DESC, ts, url) AS rank_number FROM bid
) AS ranked
WHERE rank_number <= 10
