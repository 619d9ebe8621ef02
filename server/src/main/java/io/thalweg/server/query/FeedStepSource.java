package io.thalweg.server.query;

/** Steps of a query that reads tables or materialized views: those of the domain that keeps them. */
final class FeedStepSource implements StepSource {
    private final StepDomain domain;
    private final DomainFeed feed;
    private final QueryControl control;
    private final StepPace pace;

    FeedStepSource(StepDomain domain, DomainFeed feed, QueryControl control, StepPace pace) {
        this.pace = pace;
        this.domain = domain;
        this.feed = feed;
        this.control = control;
        control.onCancel(feed::wake);
    }

    @Override
    public StepInput first() {
        domain.open(feed);
        return feed.take(control, pace);
    }

    @Override
    public StepInput next() {
        return feed.take(control, pace);
    }

    @Override
    public void close() {
        domain.close(feed);
    }
}
