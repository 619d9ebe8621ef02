package io.thalweg.shell.demo;

/** An airport and the city it serves. */
record Airport(
        String iata, String name, String city, String state, String country, double latitude, double longitude) {}
