WITH hop AS (
  SELECT auction, COUNT(*) AS num, st
  FROM (
    SELECT auction, TIME_BUCKET(INTERVAL '2 seconds', ts, TIMESTAMP '1970-01-01') - i * INTERVAL '2 seconds' AS st
    FROM bid, RANGE(0, 5) AS slices(i)
  )
  GROUP BY auction, st
)
SELECT hop.auction, hop.num, hop.st
FROM hop JOIN (SELECT MAX(num) AS maxn, st FROM hop GROUP BY st) AS most ON hop.st = most.st AND hop.num >= most.maxn
