-- How many bids does each user make in each session?
SELECT bidder, COUNT(*) AS bid_count, SESSION_START(ts, INTERVAL '10' SECOND) AS starttime,
  SESSION_END(ts, INTERVAL '10' SECOND) AS endtime
FROM bid
GROUP BY bidder, SESSION(ts, INTERVAL '10' SECOND)
