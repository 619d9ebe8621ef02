-- The winning bid of each auction.
SELECT id, item_name, description, initial_bid, reserve, ts, expires, seller, category, extra, auction, bidder, price,
  bid_ts, bid_extra
FROM (
  SELECT a.*, b.auction, b.bidder, b.price, b.ts AS bid_ts, b.extra AS bid_extra,
    ROW_NUMBER() OVER (PARTITION BY a.id ORDER BY b.price DESC, b.ts, b.bidder) AS rownum
  FROM auction AS a, bid AS b
  WHERE a.id = b.auction AND b.ts BETWEEN a.ts AND a.expires
) AS ranked
WHERE rownum <= 1
