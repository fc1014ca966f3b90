package lazaret.vetting.inspect.code;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/// The role of an identifier in an expression.
public enum IdentifierRole {
  NONE(""),
  VARIABLE("var var_os"),
  COMPILED("env option_env"),
  FORMAT("format quote write writeln"),
  INCLUDE("include_str include_bytes"),
  HOME("home_dir"),
  TEMPORARY("temp_dir"),
  METHOD("stdout parent ancestors"),
  FILE_NAME("file_name"),
  GET("get");

  private static final Map<IdentifierRole, WordSet> WORDS = new EnumMap<>(IdentifierRole.class);

  static {
    for (IdentifierRole role : values()) {
      WORDS.put(role, WordSet.split(role.words));
    }
  }

  private final String words;

  /// @param words the identifiers, separated by spaces
  IdentifierRole(String words) {
    this.words = words;
  }

  /// Returns the role for each number of an identifier.
  public static IdentifierRole[] of(SourceTokens code) {
    IdentifierRole[] roles = new IdentifierRole[code.identifiers()];
    Arrays.fill(roles, NONE);
    WORDS.forEach((role, known) -> code.identified(known).forEach(number -> roles[number] = role));
    return roles;
  }

  /// Returns the origin of a name with this role.
  public int origin(SourceTokens code, int at) {
    return switch (this) {
      case INCLUDE -> code.macro(at) ? ValueOrigin.INCLUDED : 0;
      case HOME -> ValueOrigin.HOME;
      case TEMPORARY -> ValueOrigin.TEMPORARY;
      case NONE, VARIABLE, COMPILED, FORMAT, METHOD, FILE_NAME, GET -> 0;
    };
  }
}
