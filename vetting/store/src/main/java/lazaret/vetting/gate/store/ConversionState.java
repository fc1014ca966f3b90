package lazaret.vetting.gate.store;

import java.util.Optional;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.ledger.LedgerEntry;

/// The progress of a conversion into a store, which the store keeps in [MetaKey#CONVERSION]. Until
/// it is complete, the store has a part of the data alone, and no server works on it.
///
/// @param sequence the sequence of the last ledger entry of the source at the begin; 0 for none
/// @param hash the hash of that entry, or [LedgerEntry#GENESIS]
/// @param kind the word of the kind of rows that is copied; empty once the stores are equal
/// @param rows the number of its rows that are copied, in the order of the source
public record ConversionState(long sequence, Sha256 hash, String kind, long rows) {
  /// The kind of rows in the progress of a restoration of a backup, which cannot be continued.
  public static final String BACKUP = "backup";

  private static final String TITLE = "lazaret conversion, form 1";
  private static final int LINES = 3;

  /// Returns the state at the begin of a conversion.
  ///
  /// @param source the store whose data is converted
  /// @param kind the first kind of rows
  public static ConversionState begin(Store source, String kind) {
    Optional<LedgerEntry> head = source.ledgerHead();
    return new ConversionState(
        head.map(LedgerEntry::sequence).orElse(0L),
        head.map(LedgerEntry::hash).orElse(LedgerEntry.GENESIS),
        kind,
        0);
  }

  /// Returns the state after more rows.
  public ConversionState at(String nextKind, long nextRows) {
    return new ConversionState(sequence, hash, nextKind, nextRows);
  }

  /// Returns the state at the end of the conversion.
  public ConversionState completed() {
    return at("", 0);
  }

  /// Returns whether the conversion is complete.
  public boolean isComplete() {
    return kind.isEmpty();
  }

  /// Returns the write that stores this state.
  public Batch.Write.PutMeta write() {
    String text =
        "%s\nledger %d %s\nkind %s %d\n".formatted(TITLE, sequence, hash.hex(), kind, rows);
    return new Batch.Write.PutMeta(MetaKey.CONVERSION, Bytes.utf8(text));
  }

  /// Returns the state of the conversion into a store; empty if there was none.
  ///
  /// @throws StoreException with code `store-corrupt` if the stored text is damaged
  public static Optional<ConversionState> read(Store store) {
    return store.meta(MetaKey.CONVERSION).map(value -> parse(value.text()));
  }

  private static ConversionState parse(String text) {
    String[] lines = text.split("\n", -1);
    try {
      if (lines.length == LINES + 1 && lines[0].equals(TITLE)) {
        String[] ledger = fields(lines[1], "ledger");
        String[] kind = fields(lines[2], "kind");
        return new ConversionState(
            Long.parseLong(ledger[1]), Sha256.parse(ledger[2]), kind[1], Long.parseLong(kind[2]));
      }
    } catch (NumberFormatException | MalformedException _) {
      // Reported below, like every other form.
    }
    throw new StoreException(
        ErrorCode.STORE_CORRUPT,
        "cannot read the state of the conversion: expected '%s', found another text; empty the store"
                .formatted(TITLE)
            + " and convert again",
        null);
  }

  private static String[] fields(String line, String name) {
    String[] fields = line.split(" ", -1);
    if (fields.length != 3 || !fields[0].equals(name)) {
      throw new MalformedException("the line '" + name + "' has another form");
    }
    return fields;
  }

  /// Refuses a store into which a conversion is not complete. A server calls it before its first
  /// use of a store.
  ///
  /// @throws StoreException with code `store-unusable` if the store has a part of its data alone
  public static void requireComplete(Store store) {
    ConversionState state = read(store).orElse(null);
    if (state == null || state.isComplete()) {
      return;
    }
    throw new StoreException(
        ErrorCode.STORE_UNUSABLE,
        state.kind().equals(BACKUP)
            ? "cannot open the store: expected all data of a backup, found a part; empty the store"
                + " and run 'vetting-cli store restore' again"
            : "cannot open the store: expected all data of the store that is converted into it,"
                + " found a part; run 'vetting-cli store convert' again",
        null);
  }
}
