@NullMarked
package lazaret.vetting.policy;

import org.jspecify.annotations.NullMarked;
