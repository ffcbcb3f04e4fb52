package io.upnext.web;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * The sentences that people are refused with, read off the source: what is thrown as a refusal or made a problem. What
 * changes in a sentence is an {@link #BLANK}. Helpers of the same file are followed to who calls them; sentences that come
 * from elsewhere as a whole are found where they are written.
 */
final class SaidInSource {

    static final String BLANK = "§";

    private static final int DEPTH = 4;
    private static final int MOST = 40;

    private static final Set<String> REFUSALS = Set.of(
            "ConflictException",
            "InvalidException",
            "UnprocessableException",
            "ForbiddenException",
            "NotFoundException",
            "StaleException",
            "TooLargeException");

    private final Map<String, String> sentences = new TreeMap<>();

    /** Sentences with the file that says them. */
    static Map<String, String> under(Path sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Path> files;
        try (Stream<Path> all = Files.walk(sources)) {
            files = all.filter(file -> file.toString().endsWith(".java")).toList();
        }
        var manager = compiler.getStandardFileManager(null, null, null);
        JavacTask task = (JavacTask) compiler.getTask(
                null,
                manager,
                diagnostic -> {},
                List.of("-proc:none"),
                null,
                manager.getJavaFileObjectsFromPaths(files));
        SaidInSource said = new SaidInSource();
        for (CompilationUnitTree file : task.parse()) {
            new File(said, file).scan(file, null);
        }
        return said.sentences;
    }

    /** One file: what it refuses with, and how its variables get their texts. */
    private static final class File extends TreePathScanner<Void, Void> {

        private final SaidInSource said;
        private final CompilationUnitTree unit;
        private final String name;

        File(SaidInSource said, CompilationUnitTree unit) {
            this.said = said;
            this.unit = unit;
            this.name = Path.of(unit.getSourceFile().getName()).getFileName().toString();
        }

        @Override
        public Void visitNewClass(NewClassTree made, Void nothing) {
            String type = made.getIdentifier().toString();
            String simple = type.substring(type.lastIndexOf('.') + 1);
            if (REFUSALS.contains(simple) && !made.getArguments().isEmpty()) {
                say(made.getArguments().get(0));
            }
            return super.visitNewClass(made, nothing);
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
            String method = call.getMethodSelect().toString();
            if (method.equals("Problem.error") || method.equals("Problem.warning")) {
                say(call.getArguments().get(call.getArguments().size() - 1));
            }
            return super.visitMethodInvocation(call, nothing);
        }

        private void say(ExpressionTree expression) {
            for (String sentence : texts(new TreePath(getCurrentPath(), expression), DEPTH)) {
                if (sentence.replace(BLANK, "").matches("(?s).*\\p{L}{2,}.*\\p{L}{2,}.*")) {
                    said.sentences.putIfAbsent(sentence, name);
                }
            }
        }

        /** What it can be, as far as the file says. */
        private List<String> texts(TreePath path, int depth) {
            Tree tree = path.getLeaf();
            if (tree instanceof LiteralTree literal) {
                return List.of(String.valueOf(literal.getValue()));
            }
            if (tree instanceof ParenthesizedTree inner) {
                return texts(new TreePath(path, inner.getExpression()), depth);
            }
            if (tree instanceof ConditionalExpressionTree choice) {
                return both(
                        texts(new TreePath(path, choice.getTrueExpression()), depth),
                        texts(new TreePath(path, choice.getFalseExpression()), depth));
            }
            if (tree instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
                return joined(
                        texts(new TreePath(path, sum.getLeftOperand()), depth),
                        texts(new TreePath(path, sum.getRightOperand()), depth));
            }
            if (tree instanceof MethodInvocationTree call
                    && call.getMethodSelect() instanceof MemberSelectTree select
                    && select.getIdentifier().contentEquals("formatted")) {
                return texts(new TreePath(path, select.getExpression()), depth).stream()
                        .map(text -> text.replaceAll("%[a-z,0-9.]+", BLANK))
                        .toList();
            }
            if (tree instanceof IdentifierTree variable && depth > 0) {
                List<String> found = valuesOf(variable.getName().toString(), path, depth - 1);
                return found.isEmpty() ? List.of(BLANK) : found;
            }
            return List.of(BLANK);
        }

        private static List<String> both(List<String> one, List<String> other) {
            return Stream.concat(one.stream(), other.stream())
                    .distinct()
                    .limit(MOST)
                    .toList();
        }

        private static List<String> joined(List<String> left, List<String> right) {
            return left.stream()
                    .flatMap(start -> right.stream().map(end -> start + end))
                    .distinct()
                    .limit(MOST)
                    .toList();
        }

        private List<String> valuesOf(String variable, TreePath used, int depth) {
            MethodTree method = enclosing(used);
            Set<String> values = new LinkedHashSet<>();
            Tree within = method == null ? unit : method;
            TreePath start = method == null ? new TreePath(unit) : TreePath.getPath(unit, method);
            collect(variable, start, depth, values, false);
            if (method != null) {
                for (int i = 0; i < method.getParameters().size(); i++) {
                    if (method.getParameters().get(i).getName().contentEquals(variable)) {
                        callers(method, i, depth, values);
                        return List.copyOf(values);
                    }
                }
            }
            if (values.isEmpty() && within != unit) {
                collect(variable, new TreePath(unit), depth, values, true);
            }
            return List.copyOf(values);
        }

        /** Initial values and assignments. @param fields only those of constants and fields */
        private void collect(String variable, TreePath start, int depth, Set<String> values, boolean fields) {
            new TreePathScanner<Void, Void>() {
                @Override
                public Void visitVariable(VariableTree declared, Void nothing) {
                    boolean field = enclosing(getCurrentPath()) == null;
                    if (declared.getName().contentEquals(variable)
                            && declared.getInitializer() != null
                            && (!fields || field)) {
                        values.addAll(texts(new TreePath(getCurrentPath(), declared.getInitializer()), depth));
                    }
                    return super.visitVariable(declared, nothing);
                }

                @Override
                public Void visitAssignment(AssignmentTree assigned, Void nothing) {
                    if (!fields && assigned.getVariable().toString().equals(variable)) {
                        values.addAll(texts(new TreePath(getCurrentPath(), assigned.getExpression()), depth));
                    }
                    return super.visitAssignment(assigned, nothing);
                }
            }.scan(start, null);
        }

        private void callers(MethodTree method, int parameter, int depth, Set<String> values) {
            boolean constructor = method.getName().contentEquals("<init>");
            new TreePathScanner<Void, Void>() {
                @Override
                public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
                    String name = call.getMethodSelect().toString();
                    if (!constructor
                            && name.substring(name.lastIndexOf('.') + 1).contentEquals(method.getName())) {
                        argument(call.getArguments());
                    }
                    return super.visitMethodInvocation(call, nothing);
                }

                @Override
                public Void visitNewClass(NewClassTree made, Void nothing) {
                    if (constructor) {
                        argument(made.getArguments());
                    }
                    return super.visitNewClass(made, nothing);
                }

                private void argument(List<? extends ExpressionTree> arguments) {
                    if (arguments.size() == method.getParameters().size()) {
                        values.addAll(texts(new TreePath(getCurrentPath(), arguments.get(parameter)), depth));
                    }
                }
            }.scan(new TreePath(unit), null);
        }

        private static MethodTree enclosing(TreePath path) {
            for (TreePath at = path; at != null; at = at.getParentPath()) {
                if (at.getLeaf() instanceof MethodTree method) {
                    return method;
                }
            }
            return null;
        }
    }
}
