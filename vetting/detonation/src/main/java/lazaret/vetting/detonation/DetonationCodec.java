package lazaret.vetting.detonation;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.detonation.Detonation.Kind;
import lazaret.vetting.detonation.Detonation.Trace;

/// The codec of detonations in the store: four lines of header, then one line for each trace.
final class DetonationCodec {
  private static final int HEAD = 4;

  private DetonationCodec() {}

  static Bytes encode(Detonation detonation) {
    StringBuilder text = new StringBuilder();
    text.append(detonation.cksum().hex()).append('\n').append(detonation.at()).append('\n');
    text.append(detonation.by()).append('\n').append(detonation.ending()).append('\n');
    for (Trace trace : detonation.traces()) {
      text.append(trace.kind().code()).append(' ').append(trace.what()).append('\n');
    }
    return Bytes.utf8(text.toString());
  }

  /// Reads a value that [#encode] wrote.
  ///
  /// @throws MalformedException if the value has another form
  static Detonation decode(Bytes value) {
    List<String> lines = List.of(value.text().split("\n", -1));
    if (lines.size() <= HEAD) {
      throw new MalformedException("cannot read a detonation: it ends too early");
    }
    SortedSet<Trace> traces = new TreeSet<>();
    for (String line : lines.subList(HEAD, lines.size() - 1)) {
      int space = line.indexOf(' ');
      if (space < 0) {
        throw new MalformedException("cannot read a detonation: a trace has no kind");
      }
      traces.add(new Trace(Kind.parse(line.substring(0, space)), line.substring(space + 1)));
    }
    try {
      return new Detonation(
          Sha256.parse(lines.get(0)),
          Instant.parse(lines.get(1)),
          lines.get(2),
          lines.get(3),
          traces);
    } catch (DateTimeException e) {
      throw new MalformedException("cannot read a detonation: its moment is malformed", e);
    }
  }
}
