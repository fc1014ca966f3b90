package lazaret.bundle.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.tuf.CanonicalJson;
import lazaret.bundle.tuf.JsonFields;
import lazaret.bundle.tuf.JsonTreeReader;
import lazaret.bundle.tuf.JsonValue;
import lazaret.vetting.Bytes;
import lazaret.vetting.LazaretException;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.text.Coded;

/// The table `site-rows.ndjson.gz`: rows of the store that belong to the site, one on each line, in
/// the order of table and key. The importing side decides which rows it accepts.
public final class SiteRowTable {
  /// The largest number of rows of a bundle.
  public static final int MOST_ROWS = 1_000_000;

  private static final int MOST_LINE = 4 * DeskRow.MAX_VALUE / 3 + 8 * DeskRow.MAX_KEY;
  private static final String WHAT = "a row of the site";

  private SiteRowTable() {}

  /// Writes a row.
  ///
  /// @throws IOException if the stream throws it
  public static void write(TableLineWriter out, DeskRow row) throws IOException {
    out.line(
        CanonicalJson.document(
            new JsonValue.Fields(
                Map.of(
                    "table", new JsonValue.Text(row.table().code()),
                    "key", new JsonValue.Text(row.key()),
                    "value",
                        new JsonValue.Text(
                            Base64.getEncoder().encodeToString(row.value().array()))))));
  }

  /// Returns the text by which rows are sorted.
  public static String order(DeskRow row) {
    return row.table().code() + '\0' + row.key();
  }

  /// Reads the table.
  ///
  /// @param in the table, which stays open
  /// @param rows the number of rows of the statement
  /// @throws BundleException `table-malformed`, `limit-exceeded`
  /// @throws IOException if the stream throws it
  public static List<DeskRow> read(TableLineReader in, long rows) throws IOException {
    if (rows > MOST_ROWS) {
      throw new BundleException(
          BundleCode.LIMIT_EXCEEDED,
          "cannot read site-rows.ndjson.gz: more than %d rows".formatted(MOST_ROWS));
    }
    List<DeskRow> read = new ArrayList<>();
    String before = "";
    for (Optional<Bytes> line = in.line(MOST_LINE); line.isPresent(); line = in.line(MOST_LINE)) {
      DeskRow row = row(line.get());
      if (order(row).compareTo(before) <= 0 || read.size() >= rows) {
        throw malformed("expected %d rows in ascending order, each once".formatted(rows));
      }
      before = order(row);
      read.add(row);
    }
    if (read.size() != rows) {
      throw malformed("the statement counts %d rows, it has %d".formatted(rows, read.size()));
    }
    return List.copyOf(read);
  }

  private static DeskRow row(Bytes line) {
    try {
      JsonFields fields = JsonFields.of(JsonTreeReader.read(line, WHAT), WHAT);
      DeskRow row =
          new DeskRow(
              Coded.parse(DeskTable.class, fields.text("table")),
              fields.text("key"),
              Bytes.of(Base64.getDecoder().decode(fields.text("value"))));
      if (fields.fields().size() == 3) {
        return row;
      }
    } catch (LazaretException | IllegalArgumentException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
    throw malformed("expected table, key and value");
  }

  private static BundleException malformed(String found) {
    return new BundleException(
        BundleCode.TABLE_MALFORMED, "cannot read site-rows.ndjson.gz: " + found);
  }
}
