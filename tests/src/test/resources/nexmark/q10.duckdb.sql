-- Bids with the day and the minute that would name the file they go to.
SELECT auction, bidder, price, ts, extra, STRFTIME(ts, '%Y-%m-%d') AS dt, STRFTIME(ts, '%H:%M') AS hm FROM bid
