package lazaret.documentation;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import lazaret.documentation.page.PageAddress;
import lazaret.documentation.page.PageToken;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.LeaseRun;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.json.JsonLimits;
import lazaret.vetting.json.RecordCodec;
import lazaret.vetting.json.TextType;
import lazaret.vetting.json.UnknownFields;
import org.jspecify.annotations.Nullable;

/// The keys of tokens for pages. They are in the store, so that each node accepts the tokens of the
/// others, and change once a day. Thread-safe; blocks.
final class PageKeys {
  /// The time for which a token permits to read.
  static final Duration TOKEN_TIME = Duration.ofHours(12);

  private static final Duration KEY_TIME = Duration.ofHours(24);
  private static final int KEY_LENGTH = 32;
  private static final String KEY = "token-keys";

  private static final RecordCodec JSON =
      RecordCodec.of(
          List.of(
              TextType.of(Instant.class, "a time", Instant::parse),
              new TextType<>(
                  Bytes.class,
                  "base64",
                  text -> Bytes.of(Base64.getDecoder().decode(text)),
                  bytes -> Base64.getEncoder().encodeToString(bytes.array()))),
          new JsonLimits(4 << 10, 3, 10),
          UnknownFields.IGNORED,
          "the keys of documentation");

  private final Store store;
  private final LeaseRun changes;
  private final SecureRandom random = new SecureRandom();

  PageKeys(Store store) {
    this.store = store;
    this.changes = new LeaseRun(store, "documentation-keys");
  }

  /// The keys.
  ///
  /// @param made the time from which the present key is in use
  /// @param present the key of new tokens
  /// @param former the key before it, whose tokens still count
  record Keys(Instant made, Bytes present, @Nullable Bytes former) {
    boolean isCurrent(Instant now) {
      return now.isBefore(made.plus(KEY_TIME)) && !now.isBefore(made.minus(KEY_TIME));
    }
  }

  /// Makes a token for a version.
  PageToken make(CrateName name, CrateVersion version, Instant now) {
    Keys keys = stored().filter(found -> found.isCurrent(now)).orElseGet(() -> change(now));
    return PageToken.make(keys.present(), name, version, now.plus(TOKEN_TIME));
  }

  /// Returns whether the token of an address permits to read its version.
  boolean permits(PageAddress address, Instant now) {
    Keys keys = stored().orElse(null);
    if (keys == null) {
      return false;
    }
    Bytes former = keys.former();
    return PageToken.check(keys.present(), address, now).isPresent()
        || (former != null && PageToken.check(former, address, now).isPresent());
  }

  private Optional<Keys> stored() {
    return store
        .deskRows()
        .find(DeskTable.DOCUMENTATION, KEY)
        .map(form -> JSON.decode(Keys.class, form));
  }

  private Keys change(Instant now) {
    return changes.run(
        () -> {
          // Another thread or node may have changed them.
          Keys before = stored().orElse(null);
          if (before != null && before.isCurrent(now)) {
            return before;
          }
          byte[] fresh = new byte[KEY_LENGTH];
          random.nextBytes(fresh);
          Keys keys = new Keys(now, Bytes.of(fresh), before == null ? null : before.present());
          store.commit(
              Batch.synced(
                  List.of(
                      new Write.PutDeskRow(
                          new DeskRow(DeskTable.DOCUMENTATION, KEY, JSON.encode(keys))))));
          return keys;
        });
  }
}
