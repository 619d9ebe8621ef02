-- The last bid of each user for each auction.
SELECT auction, bidder, price, channel, url, ts, extra
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY bidder, auction ORDER BY ts DESC, price DESC, url) AS rank_number FROM bid
) AS ranked
WHERE rank_number <= 1
