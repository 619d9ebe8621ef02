-- The average of the prices of the last ten auctions of each seller.
SELECT q.seller, q.id,
  AVG(q.price) OVER (PARTITION BY q.seller ORDER BY q.ts, q.id ROWS BETWEEN 10 PRECEDING AND CURRENT ROW) AS average
FROM (
  SELECT *
  FROM (
    SELECT a.id, a.seller, b.price, b.ts,
      ROW_NUMBER() OVER (PARTITION BY a.id, a.seller ORDER BY b.price DESC, b.ts, b.bidder) AS rownum
    FROM auction AS a, bid AS b
    WHERE a.id = b.auction AND b.ts BETWEEN a.ts AND a.expires
  ) AS ranked
  WHERE rownum <= 1
) AS q
