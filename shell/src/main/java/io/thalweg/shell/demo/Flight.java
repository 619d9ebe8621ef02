package io.thalweg.shell.demo;

import java.time.LocalDateTime;

/** A flight that took place: when it left, how many minutes late it arrived, and from where to where. */
record Flight(LocalDateTime departure, int delay, int distance, String origin, String destination) {}
