package io.thalweg.benchmarks.log.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's own clients with their own defaults: acks=all, an idempotent producer, five requests in flight. Only the size
 * of a batch is given, since the default suits many small topics rather than one fast one.
 */
public final class KafkaLoadMain implements Load {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int IDLE_POLLS = 30;

    private final String bootstrap;
    private final Producer<byte[], byte[]> producer;
    private final Rows rows = new Rows(0);
    private String topic = "";

    private KafkaLoadMain(String bootstrap, int batchBytes) {
        this.bootstrap = bootstrap;
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrap);
        properties.put("batch.size", batchBytes);
        properties.put("max.request.size", 4 * 1024 * 1024);
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Takes the address of the broker and the bytes of a batch. */
    public static void main(String[] arguments) throws Exception {
        LoadLoop.run(new KafkaLoadMain(arguments[0], Integer.parseInt(arguments[1])));
    }

    @Override
    public void create(String name, boolean sync) throws ExecutionException, InterruptedException {
        topic = name;
        Map<String, String> settings = sync ? Map.of("flush.messages", "1") : Map.of();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1).configs(settings)))
                    .all()
                    .get();
        }
    }

    @Override
    public void append(long count) {
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        for (long i = 0; i < count; i++) {
            producer.send(new ProducerRecord<>(topic, rows.next()), (place, error) -> {
                if (error != null) {
                    failure.set(error);
                }
            });
        }
        producer.flush();
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("a record was not acknowledged", failed);
        }
    }

    @Override
    public void read(long count) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrap);
        properties.put("auto.offset.reset", "earliest");
        TopicPartition partition = new TopicPartition(topic, 0);
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long left = count;
            int idle = 0;
            while (left > 0) {
                long bytes = 0;
                int records = 0;
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    bytes += record.value().length;
                    records++;
                }
                idle = records == 0 ? idle + 1 : 0;
                if (bytes != (long) records * Rows.ROW_BYTES || idle > IDLE_POLLS) {
                    throw new IllegalStateException(left + " records are missing or wrong");
                }
                left -= records;
            }
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
