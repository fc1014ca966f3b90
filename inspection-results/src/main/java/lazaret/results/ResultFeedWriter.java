package lazaret.results;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import lazaret.bundle.tuf.SigningKey;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.WriteScope;
import org.jspecify.annotations.Nullable;

/// The writer of the lines of the published feed. Their numbers have no gap, also if several nodes
/// append. Thread-safe; blocks.
final class ResultFeedWriter {
  /// The lines that another key signs in one batch.
  private static final int SIGNED_AGAIN = 32;

  private final Store store;
  private final ResultRows rows;
  private final SigningKey key;
  private final Sha256 keyId;

  ResultFeedWriter(Store store, ResultRows rows, SigningKey key) {
    this.store = store;
    this.rows = rows;
    this.key = key;
    this.keyId = ResultKey.id(key.publicKey());
  }

  /// The next line.
  ///
  /// @param indicators the indicators for which all lines hold then; null if some are of others
  /// @param writes what is stored together with it
  record Next(Bytes line, @Nullable Sha256 indicators, List<Write> writes) {}

  /// Appends a line. It is made from the state of the feed, and made again if another node appended
  /// first.
  ///
  /// @param next makes the line that follows a state
  void append(Function<ResultRows.FeedHead, Next> next) {
    boolean _ =
        store.serially(
            WriteScope.RESULTS,
            () -> {
              ResultRows.FeedHead head = rows.feedHead();
              Next made = next.apply(head);
              boolean own = head.sequence() == 0 || keyId.equals(head.key());
              List<Write> writes =
                  new ArrayList<>(
                      rows.append(
                          new ResultRows.FeedHead(
                              head.sequence() + 1, made.indicators(), own ? keyId : null),
                          made.line()));
              writes.addAll(made.writes());
              store.commit(Batch.synced(writes));
              return true;
            });
  }

  /// Signs the lines of another key again, so that a gate that trusts this key alone can follow the
  /// feed from its beginning. A crash in between repeats it.
  void signAgain() {
    for (ResultRows.FeedHead head = rows.feedHead();
        head.sequence() > 0 && !keyId.equals(head.key());
        head = rows.feedHead()) {
      for (long from = 1; from <= head.sequence(); from += SIGNED_AGAIN) {
        signAgain(from, Math.min(from + SIGNED_AGAIN - 1, head.sequence()));
      }
      ResultRows.FeedHead signed = head;
      boolean _ = store.serially(WriteScope.RESULTS, () -> note(signed));
    }
  }

  private void signAgain(long first, long last) {
    List<Write> writes = new ArrayList<>();
    for (long at = first; at <= last; at++) {
      long sequence = at;
      rows.line(sequence)
          .map(line -> rows.putLine(sequence, ResultEnvelope.signedAgain(line, key)))
          .ifPresent(writes::add);
    }
    store.commit(Batch.synced(writes));
  }

  /// Notes the key of all lines, unless there are more of them by now.
  ///
  /// @return whether it was noted
  private boolean note(ResultRows.FeedHead signed) {
    boolean same = rows.feedHead().equals(signed);
    if (same) {
      var head = new ResultRows.FeedHead(signed.sequence(), signed.indicators(), keyId);
      store.commit(Batch.synced(List.of(rows.putFeedHead(head))));
    }
    return same;
  }
}
