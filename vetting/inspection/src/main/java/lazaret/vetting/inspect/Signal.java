package lazaret.vetting.inspect;

import lazaret.vetting.Excerpt;

/// A finding that may indicate an attack, in the files of a crate.
///
/// @param code the kind of finding
/// @param weight the weight here: that of the code, or less in tests and examples
/// @param path the path of the file below the crate's folder, or the empty text if the signal
///   concerns the whole crate; shortened and made printable
/// @param line the line, from 1; 0 if there is none
/// @param excerpt the line or a text derived from it; shortened and made printable
public record Signal(SignalCode code, SignalWeight weight, String path, int line, String excerpt) {
  /// Makes path and excerpt printable, since they come from the crate.
  public Signal {
    path = Excerpt.of(path);
    excerpt = Excerpt.of(excerpt);
  }

  /// Creates a signal with the full weight of its code.
  public static Signal of(SignalCode code, String path, int line, String excerpt) {
    return new Signal(code, code.weight(), path, line, excerpt);
  }

  /// Returns a copy with the weight of a note.
  public Signal asNote() {
    return weighing(SignalWeight.NOTE);
  }

  /// Returns a copy with another weight.
  public Signal weighing(SignalWeight other) {
    return new Signal(code, other, path, line, excerpt);
  }

  /// Returns file and line, such as `build.rs:12`, or the empty text for the whole crate.
  public String location() {
    return line == 0 ? path : path + ":" + line;
  }

  /// Returns the form for messages: `build-network at build.rs:12: TcpStream::connect(..)`.
  @Override
  public String toString() {
    String place = location();
    return code
        + (place.isEmpty() ? "" : " at " + place)
        + (excerpt.isEmpty() ? "" : ": " + excerpt);
  }
}
