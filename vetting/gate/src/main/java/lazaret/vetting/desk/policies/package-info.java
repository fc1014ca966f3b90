/// The policy in force with the trial of another one.
@NullMarked
package lazaret.vetting.desk.policies;

import org.jspecify.annotations.NullMarked;
