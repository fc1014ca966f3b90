package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import lazaret.e2e.SourceTexts.Text;
import org.junit.jupiter.api.Test;

class PageTextsTest {
  @Test
  void readsWhatATemplateShows() {
    String template =
        """
        @import lazaret.web.page.PageFrame
        !{var name = "not this one";}
        @template.layout(frame = frame, content = @`
        <p class="hint a">The <b>gate</b> has ${plural(n, "crate of one") + ")"} now.</p>
        <p>@if(view.names("a b"))Sent.@elseLost.@endif</p>
        <input placeholder="Part of a name" aria-label="${view.name()}">
        `)
        """;

    assertThat(PageTexts.template("a.jte", template))
        .extracting(Text::place, Text::text)
        .containsExactly(
            tuple("a.jte:4", "crate of one"),
            tuple("a.jte:4", "The gate has 1 now."),
            tuple("a.jte:5", "Sent. Lost."),
            tuple("a.jte:6", "Part of a name"));
  }

  @Test
  void readsTheLiteralsOfAModule() {
    String script =
        """
        // It doesn't count.
        say('Note added.') /* 'not
         * this one' */
        say(`${count} of ${total} lines read`)
        one('tbody')
        """;

    assertThat(PageTexts.script("a.js", script))
        .extracting(Text::place, Text::text)
        .containsExactly(tuple("a.js:2", "Note added."), tuple("a.js:4", "1 of 1 lines read"));
  }
}
