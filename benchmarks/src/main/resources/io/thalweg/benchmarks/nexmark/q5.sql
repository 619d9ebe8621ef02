-- The auctions with the most bids in the last ten seconds, every two seconds.
SELECT ab.auction, ab.num, ab.st
FROM (
  SELECT auction, COUNT(*) AS num, window_start AS st, window_end AS en
  FROM TABLE(HOP(TABLE bid, DESCRIPTOR(ts), INTERVAL '2' SECOND, INTERVAL '10' SECOND))
  GROUP BY auction, window_start, window_end
) AS ab
JOIN (
  SELECT MAX(cb.num) AS maxn, cb.st, cb.en
  FROM (
    SELECT auction, COUNT(*) AS num, window_start AS st, window_end AS en
    FROM TABLE(HOP(TABLE bid, DESCRIPTOR(ts), INTERVAL '2' SECOND, INTERVAL '10' SECOND))
    GROUP BY auction, window_start, window_end
  ) AS cb
  GROUP BY cb.st, cb.en
) AS mb ON ab.st = mb.st AND ab.en = mb.en AND ab.num >= mb.maxn
