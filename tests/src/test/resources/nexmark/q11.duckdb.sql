SELECT bidder, COUNT(*), MIN(ts), MAX(ts) + INTERVAL '10 seconds'
FROM (
  SELECT bidder, ts, SUM(begins) OVER (PARTITION BY bidder ORDER BY ts RANGE UNBOUNDED PRECEDING) AS number
  FROM (
    SELECT bidder, ts,
      CASE WHEN ts - LAG(ts) OVER (PARTITION BY bidder ORDER BY ts) < INTERVAL '10 seconds' THEN 0 ELSE 1 END AS begins
    FROM bid
  )
)
GROUP BY bidder, number
