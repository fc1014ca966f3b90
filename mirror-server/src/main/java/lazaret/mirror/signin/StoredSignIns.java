package lazaret.mirror.signin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.signin.oidc.SignInDocuments;
import lazaret.vetting.Bytes;
import lazaret.vetting.Secret;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.WriteScope;

/// The begun sign-ins in a store that several nodes share. Each node removes old ones once a minute
/// while people sign in, and the oldest of more than 10,000: a flood of begun sign-ins then delays
/// a person only while it lasts. Thread-safe.
final class StoredSignIns implements SignInDocuments {
  /// The maximum number of begun sign-ins, apart from those since the last removal.
  static final int MAX = 10_000;

  private static final Duration MAX_AGE = Duration.ofMinutes(10);
  private static final Duration SWEEP_EVERY = Duration.ofMinutes(1);
  private static final int PUTS_PER_SWEEP = 200;

  private final Store store;
  private final Clock clock;

  // Both guarded by this.
  private Instant swept = Instant.MIN;
  private int puts;

  StoredSignIns(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  private static String key(Secret id) {
    return Sha256.of(Bytes.utf8(id.text())).hex();
  }

  @Override
  public void put(Secret id, Secret document) {
    Instant now = clock.instant();
    List<Write> writes = new ArrayList<>();
    if (isSweepDue(now)) {
      writes.addAll(former(now));
    }
    Bytes value = Bytes.utf8(now.toEpochMilli() + "\n" + document.text());
    writes.add(new Write.PutDeskRow(new DeskRow(DeskTable.SIGN_INS, key(id), value)));
    var _ = store.commit(Batch.relaxed(writes));
  }

  private synchronized boolean isSweepDue(Instant now) {
    puts++;
    boolean due = puts >= PUTS_PER_SWEEP || !now.isBefore(swept.plus(SWEEP_EVERY));
    if (due) {
      puts = 0;
      swept = now;
    }
    return due;
  }

  private record Row(String key, Instant begun) {}

  private List<Write> former(Instant now) {
    List<Row> all;
    try (Stream<DeskRow> rows = store.deskRows().list(DeskTable.SIGN_INS, "")) {
      all =
          rows.map(row -> new Row(row.key(), begun(row.value().text())))
              .sorted(Comparator.comparing(Row::begun).reversed())
              .toList();
    }
    List<Write> writes = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Row row = all.get(i);
      if (i >= MAX || now.isAfter(row.begun().plus(MAX_AGE))) {
        writes.add(new Write.DropDeskRow(DeskTable.SIGN_INS, row.key()));
      }
    }
    return writes;
  }

  private static Instant begun(String value) {
    return Instant.ofEpochMilli(Long.parseLong(value.substring(0, value.indexOf('\n'))));
  }

  @Override
  public Optional<Secret> find(Secret id) {
    return store
        .deskRows()
        .find(DeskTable.SIGN_INS, key(id))
        .map(Bytes::text)
        .map(value -> new Secret(value.substring(value.indexOf('\n') + 1)));
  }

  @Override
  public boolean remove(Secret id) {
    String key = key(id);
    return store.serially(
        WriteScope.SIGN_INS,
        () -> {
          boolean found = store.deskRows().find(DeskTable.SIGN_INS, key).isPresent();
          if (found) {
            var _ =
                store.commit(Batch.synced(List.of(new Write.DropDeskRow(DeskTable.SIGN_INS, key))));
          }
          return found;
        });
  }
}
