package lazaret.vetting.inspect.code;

import org.jspecify.annotations.Nullable;

/// The results of [CallerData] for the identifiers of a source, computed once for each name. Tokens
/// are given by their position. Not thread-safe.
public final class CallerNames {
  private static final int KNOWN = 1;
  private static final int TURNS = 2;
  private static final int CODES = 4;
  private static final int CONSTANT = 8;

  private final SourceTokens code;

  /// The traits as bits, by the number of an identifier; 0 for those not asked for.
  private final byte[] traits;

  private final @Nullable String[] sources;
  private final @Nullable String[] calls;

  /// Creates an empty cache for a source.
  public CallerNames(SourceTokens code) {
    this.code = code;
    traits = new byte[code.identifiers()];
    sources = new String[code.identifiers()];
    calls = new String[code.identifiers()];
  }

  private int of(int at) {
    int number = code.identified(at);
    if (traits[number] == 0) {
      String word = code.identifier(number);
      traits[number] =
          (byte)
              (KNOWN
                  | (CallerData.turns(word) ? TURNS : 0)
                  | (CallerData.codes(word) ? CODES : 0)
                  | (CallerData.constant(word) ? CONSTANT : 0));
    }
    return traits[number];
  }

  /// Returns [CallerData#turns] of an identifier.
  public boolean turns(int at) {
    return (of(at) & TURNS) != 0;
  }

  /// Returns [CallerData#codes] of an identifier.
  public boolean codes(int at) {
    return (of(at) & CODES) != 0;
  }

  /// Returns [CallerData#constant] of an identifier.
  public boolean constant(int at) {
    return (of(at) & CONSTANT) != 0;
  }

  /// Returns [CallerData#ofName] of an identifier.
  public String ofName(int at) {
    int number = code.identified(at);
    String known = sources[number];
    if (known == null) {
      known = CallerData.ofName(code.identifier(number));
      sources[number] = known;
    }
    return known;
  }

  /// Returns [CallerData#ofCall] of an identifier.
  public String ofCall(int at) {
    int number = code.identified(at);
    String known = calls[number];
    if (known == null) {
      known = CallerData.ofCall(code.identifier(number));
      calls[number] = known;
    }
    return known;
  }
}
