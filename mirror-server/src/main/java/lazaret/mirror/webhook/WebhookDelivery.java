package lazaret.mirror.webhook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.mirror.config.ConfigException;
import lazaret.mirror.config.ConfigMistake;
import lazaret.mirror.config.ConfigOrigin;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.config.WebhookEvents;
import lazaret.mirror.outbound.HttpClients;
import lazaret.vetting.Bytes;
import lazaret.vetting.LazaretException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.api.EventInfos;
import lazaret.vetting.deskapi.DeskJson;
import lazaret.vetting.deskapi.events.EventInfo;
import lazaret.vetting.deskapi.events.NoticeInfo;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Leader;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Event;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.origin.NameOrigins;
import org.jspecify.annotations.Nullable;

/// The delivery of new ledger entries to every configured address, in order. Each entry is repeated
/// until it is accepted or its patience ends. The position of each address is kept in the store, so
/// that a restart skips no entry and repeats at most the one in progress. A new address starts with
/// the entries that follow. Thread-safe.
public final class WebhookDelivery implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(WebhookDelivery.class.getName());
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final int AT_ONCE = 100;

  /// The escapes of JSON. Their letters do not belong to words.
  private static final Pattern ESCAPES = Pattern.compile("\\\\(u[0-9a-fA-F]{4}|.)");

  private final Store store;
  private final NameOrigins origins;
  private final Clock clock;
  private final WebhookEvents which;
  private final Duration giveUp;
  private final @Nullable HttpClient client;
  private final List<WebhookReceiver> receivers;
  private final AtomicLong[] behind;
  private final LongAdder taken = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private volatile List<Thread> threads = List.of();

  /// Creates the delivery; nothing is sent before [#start].
  ///
  /// @param origins the origins of names, by which events are shortened if the settings say so
  /// @throws LazaretException if the file with the secret cannot be used
  public WebhookDelivery(
      Store store, MirrorConfig.Webhooks settings, NameOrigins origins, Clock clock) {
    this.store = store;
    this.origins = settings.privateNames() ? NameOrigins.ALL_PUBLIC : origins;
    this.clock = clock;
    this.which = settings.events();
    this.giveUp = settings.giveUp();
    Path file = settings.secretFile();
    List<WebhookReceiver> all = new ArrayList<>();
    // A client adds some milliseconds to a start, so none is made if there are no addresses.
    if (file == null || settings.urls().isEmpty()) {
      this.client = null;
    } else {
      WebhookSignature signature = new WebhookSignature(secret(file));
      HttpClients.settle();
      HttpClient shared =
          HttpClient.newBuilder()
              .connectTimeout(CONNECT)
              .followRedirects(HttpClient.Redirect.NEVER)
              .build();
      settings
          .urls()
          .forEach(
              url -> all.add(new WebhookReceiver(url, settings.privateHosts(), shared, signature)));
      this.client = shared;
    }
    this.receivers = List.copyOf(all);
    this.behind = Stream.generate(AtomicLong::new).limit(all.size()).toArray(AtomicLong[]::new);
  }

  private static String secret(Path file) {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      String secret = lines.findFirst().orElse("").strip();
      if (secret.length() >= 16 && secret.length() <= 4096) {
        return secret;
      }
    } catch (IOException | UncheckedIOException _) {
      // reported below, like a file without a secret
    }
    throw new ConfigException(
        List.of(
            new ConfigMistake(
                new ConfigOrigin.File(file, 1, 1),
                "'webhooks.secret-file' must hold one line of 16 to 4096 characters; 'openssl rand"
                    + " -hex 32' makes one")));
  }

  /// Starts to send in the background.
  public void start() {
    start(Leader.ALONE);
  }

  /// Starts to send in the background while this node is the leader. After a change of the leader,
  /// the entry in progress may be sent again.
  public void start(Leader leader) {
    List<Thread> started = new ArrayList<>();
    for (int i = 0; i < receivers.size(); i++) {
      int number = i;
      started.add(Thread.ofVirtual().name("webhook " + i).start(() -> run(number, leader)));
    }
    threads = List.copyOf(started);
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    if (client != null) {
      client.shutdownNow();
    }
    for (Thread thread : threads) {
      try {
        thread.join(Duration.ofSeconds(5));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /// Returns the number of messages that were accepted since the start.
  public long taken() {
    return taken.sum();
  }

  /// Returns the number of attempts that failed since the start.
  public long failed() {
    return failed.sum();
  }

  /// Returns the number of ledger entries that the slowest address has not received.
  public long behind() {
    return Stream.of(behind).mapToLong(AtomicLong::get).max().orElse(0);
  }

  private void run(int number, Leader leader) {
    WebhookReceiver receiver = receivers.get(number);
    boolean fails = false;
    try {
      while (true) {
        try {
          if (!leader.run(() -> sendNew(receiver, behind[number]))) {
            // The node that sends knows how much is left.
            behind[number].set(0);
          }
          fails = false;
        } catch (LazaretException e) {
          if (!fails) {
            LOG.log(
                System.Logger.Level.ERROR, "the ledger could not be sent; it is tried again", e);
          }
          fails = true;
        }
        Thread.sleep(LOOK_EVERY);
      }
    } catch (InterruptedException _) {
      // the server stops; entries that were not accepted are sent after the next start
    }
  }

  private void sendNew(WebhookReceiver receiver, AtomicLong lag) throws InterruptedException {
    if (store.condition().withholds()) {
      return; // What was taken could not be remembered, and would be sent again and again.
    }
    long head = store.ledgerHead().map(LedgerEntry::sequence).orElse(0L);
    Optional<Bytes> kept = store.meta(position(receiver));
    long position = kept.map(WebhookDelivery::number).orElse(head);
    if (kept.isEmpty()) {
      remember(receiver, position);
    }
    while (position < head) {
      lag.set(head - position);
      for (LedgerEntry entry : next(position)) {
        if (wanted(entry.event())) {
          deliver(receiver, entry);
        }
        position = entry.sequence();
        remember(receiver, position);
        lag.set(head - position);
      }
    }
    lag.set(0);
  }

  private List<LedgerEntry> next(long after) {
    try (Stream<LedgerEntry> entries = store.ledger(after)) {
      return entries.limit(AT_ONCE).toList();
    }
  }

  private boolean wanted(Event event) {
    return switch (event) {
      case Decision _ -> which != WebhookEvents.ALARMS;
      case Notice notice -> which == WebhookEvents.ALL || notice.kind().alarm() || settles(notice);
    };
  }

  /// Returns whether a notice belongs to the decisions of people and these are sent: it names the
  /// persons whose request a decision settled.
  private boolean settles(Notice notice) {
    return which == WebhookEvents.DECISIONS && notice.kind() == Notice.Kind.REQUEST_SETTLED;
  }

  /// Returns the record of an entry, without its text if a name in it may not leave the site.
  private EventInfo shown(LedgerEntry entry) {
    EventInfo whole = EventInfos.of(entry);
    if (origins.arePublic(ESCAPES.matcher(whole.encoded()).replaceAll(" "))) {
      return whole;
    }
    Event event = entry.event();
    NoticeInfo shortened =
        new NoticeInfo(
            kind(event),
            event instanceof Notice notice && notice.kind().alarm(),
            event.at(),
            event.by(),
            null,
            null,
            "it concerns a private crate; the ledger has it as entry " + entry.sequence());
    return new EventInfo(entry.sequence(), entry.hash(), entry.previous(), "", null, shortened);
  }

  /// Sends an entry until it is accepted or the patience for it ends. The patience is measured by
  /// the monotonic clock, so that a step of the clock skips no entry.
  private void deliver(WebhookReceiver receiver, LedgerEntry entry) throws InterruptedException {
    Bytes body = DeskJson.encode(shown(entry));
    Duration pause = LOOK_EVERY;
    long first = System.nanoTime();
    while (true) {
      String why =
          receiver.send(kind(entry.event()), entry.sequence(), body, clock.instant()).orElse(null);
      if (why == null) {
        taken.increment();
        return;
      }
      failed.increment();
      if (System.nanoTime() - first >= giveUp.toNanos()) {
        skipped(receiver, entry, why);
        return;
      }
      LOG.log(
          System.Logger.Level.WARNING,
          "ledger entry {0} not accepted by {1}: {2}; next attempt in {3}",
          Long.toString(entry.sequence()),
          receiver.shown(),
          why,
          pause);
      Thread.sleep(pause);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
              ? LONGEST_PAUSE
              : pause.multipliedBy(2);
    }
  }

  private void skipped(WebhookReceiver receiver, LedgerEntry entry, @Nullable String why) {
    if (entry.event() instanceof Notice notice && notice.kind() == Notice.Kind.WEBHOOK_GAVE_UP) {
      return; // Telling of this too would never end.
    }
    Notice notice =
        new Notice(
            Notice.Kind.WEBHOOK_GAVE_UP,
            clock.instant(),
            Notice.GATE,
            null,
            null,
            "ledger entry %d was not taken by %s: %s"
                .formatted(entry.sequence(), receiver.shown(), why));
    store.commit(Batch.synced(List.of(new Batch.Write.Append(notice))));
  }

  private static String kind(Event event) {
    return switch (event) {
      case Decision decision -> decision.kind().code();
      case Notice notice -> notice.kind().code();
    };
  }

  private void remember(WebhookReceiver receiver, long position) {
    Bytes value = Bytes.utf8(Long.toString(position));
    store.commit(Batch.relaxed(List.of(new Batch.Write.PutMeta(position(receiver), value))));
  }

  /// Returns the key of an address in the store. The address may contain a secret, so that only its
  /// hash is stored.
  private static String position(WebhookReceiver receiver) {
    String url = Sha256.of(Bytes.utf8(receiver.url().toString())).hex();
    return MetaKey.WEBHOOK_PREFIX.named(url.substring(0, 16));
  }

  private static long number(Bytes text) {
    return Long.parseLong(new String(text.array(), StandardCharsets.US_ASCII));
  }
}
