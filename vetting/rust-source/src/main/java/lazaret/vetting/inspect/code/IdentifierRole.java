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

  private static final int[] NO_TOKENS = {};

  private final String words;

  /// @param words the identifiers, separated by spaces
  IdentifierRole(String words) {
    this.words = words;
  }

  /// Returns the role for each number of an identifier.
  public static IdentifierRole[] of(SourceTokens code) {
    IdentifierRole[] roles = new IdentifierRole[code.identifiers()];
    Arrays.fill(roles, NONE);
    WORDS.forEach(
        (role, known) -> {
          for (int number : code.identified(known)) {
            roles[number] = role;
          }
        });
    return roles;
  }

  /// Returns the origins that a value of a source may have because of such names, at most.
  public static int possible(SourceTokens code) {
    int all = 0;
    for (Map.Entry<IdentifierRole, WordSet> each : WORDS.entrySet()) {
      IdentifierRole role = each.getKey();
      boolean gives =
          switch (role) {
            case VARIABLE, COMPILED, INCLUDE, HOME, TEMPORARY, METHOD -> true;
            case NONE, FORMAT, FILE_NAME, GET -> false;
          };
      for (int at : gives ? code.at(each.getValue()) : NO_TOKENS) {
        all |=
            switch (role) {
              case VARIABLE, COMPILED -> code.is(at + 1, '(') || code.macro(at) ? ~0 : 0;
              case METHOD -> ValueOrigin.ofMethod(code.word(at));
              default -> role.origin(code, at);
            };
      }
    }
    return all;
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
