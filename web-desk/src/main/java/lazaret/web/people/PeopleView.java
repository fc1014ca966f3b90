package lazaret.web.people;

import java.util.Arrays;
import java.util.List;
import lazaret.vetting.deskapi.people.PeopleReply;
import lazaret.vetting.deskapi.tokens.TokenCreateReply;
import lazaret.vetting.deskapi.tokens.TokenInfo;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.page.Feedback;
import lazaret.web.page.RowPosition;
import org.jspecify.annotations.Nullable;

/// The content of the page about persons and tokens.
///
/// @param people the persons who signed in
/// @param tokens the tokens
/// @param persons the place of the persons
/// @param place the place of the tokens
/// @param administers whether the reader may create and revoke
/// @param fields the fields of the form of a new token
/// @param created the token that was created, with its secret; null if none was
/// @param say the result of the last form; null if there was none
public record PeopleView(
    PeopleReply people,
    List<TokenInfo> tokens,
    RowPosition persons,
    RowPosition place,
    boolean administers,
    TokenFields fields,
    @Nullable TokenCreateReply created,
    @Nullable Feedback say) {
  public PeopleView {
    tokens = List.copyOf(tokens);
  }

  /// Returns the codes of all roles, for the form.
  public List<String> roleCodes() {
    return Arrays.stream(DeskRole.values()).map(DeskRole::code).toList();
  }
}
