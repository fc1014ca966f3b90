/// The budgets of memory or work that requests share.
@NullMarked
package lazaret.mirror.budget;

import org.jspecify.annotations.NullMarked;
