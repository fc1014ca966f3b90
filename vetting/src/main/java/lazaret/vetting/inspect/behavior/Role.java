package lazaret.vetting.inspect.behavior;

import java.util.Arrays;

/// The part that an identifier plays in an expression.
enum Role {
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

  private final WordSet words;

  Role(String words) {
    this.words = WordSet.split(words);
  }

  /// Returns for each number of an identifier the part that it plays.
  static Role[] of(Code code) {
    Role[] roles = new Role[code.identifiers()];
    Arrays.fill(roles, NONE);
    for (Role role : values()) {
      code.identified(role.words).forEach(number -> roles[number] = role);
    }
    return roles;
  }

  /// Returns the origin of a name that plays this part.
  int origin(Code code, int at) {
    return switch (this) {
      case INCLUDE -> code.macro(at) ? Origin.INCLUDED : 0;
      case HOME -> Origin.HOME;
      case TEMPORARY -> Origin.TEMPORARY;
      case NONE, VARIABLE, COMPILED, FORMAT, METHOD, FILE_NAME, GET -> 0;
    };
  }
}
