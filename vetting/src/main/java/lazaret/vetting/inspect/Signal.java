package lazaret.vetting.inspect;

import lazaret.vetting.Excerpt;

/// One thing that inspection found in the files of a crate.
///
/// @param code which
/// @param weight how much it weighs here: that of the code, or less in tests and examples
/// @param path of the file, below the crate's folder; the empty text where it is that of the whole
///   crate. Cut and made printable
/// @param line from 1; 0 where there is none
/// @param excerpt the line, or what was made of it; cut and made printable
public record Signal(SignalCode code, SignalWeight weight, String path, int line, String excerpt) {
  /// Makes foreign text harmless to print.
  public Signal {
    path = Excerpt.of(path);
    excerpt = Excerpt.of(excerpt);
  }

  /// Returns a signal that weighs in full.
  public static Signal of(SignalCode code, String path, int line, String excerpt) {
    return new Signal(code, code.weight(), path, line, excerpt);
  }

  /// Returns the signal as a note.
  public Signal asNote() {
    return weighing(SignalWeight.NOTE);
  }

  /// Returns the signal with another weight.
  public Signal weighing(SignalWeight other) {
    return new Signal(code, other, path, line, excerpt);
  }

  /// Returns the file and line: `build.rs:12`; the empty text for the whole crate.
  public String place() {
    return line == 0 ? path : path + ":" + line;
  }

  /// Returns the form for messages: `build-network at build.rs:12: TcpStream::connect(..)`.
  @Override
  public String toString() {
    String place = place();
    return code
        + (place.isEmpty() ? "" : " at " + place)
        + (excerpt.isEmpty() ? "" : ": " + excerpt);
  }
}
