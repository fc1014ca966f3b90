/// The sentences in which pages show the reasons of verdicts.
@NullMarked
package lazaret.vetting.deskapi.reasons;

import org.jspecify.annotations.NullMarked;
