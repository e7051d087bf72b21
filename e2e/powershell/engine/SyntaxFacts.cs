using System.Management.Automation.Language;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Switchyard.Engine;

/// <summary>
/// What the real parser sees in a script, as JSON for the check of the rules: commands with their arguments and guards,
/// types, members, assignments, and every construct that Windows PowerShell 3.0 does not have. Judges nothing itself.
/// </summary>
internal static partial class SyntaxFacts
{
    public static void Print(IEnumerable<string> files)
    {
        var options = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
        Console.Out.WriteLine(JsonSerializer.Serialize(files.Select(Of).ToArray(), options));
    }

    private static object Of(string file)
    {
        var tree = Parser.ParseFile(Path.GetFullPath(file), out var tokens, out var errors);
        var nodes = tree.FindAll(_ => true, searchNestedScriptBlocks: true).ToArray();
        return new
        {
            file,
            errors = errors.Select(error => new { line = error.Extent.StartLineNumber, message = error.Message }),
            help = tokens.FirstOrDefault(token => token.Kind == TokenKind.Comment && token.Text.StartsWith("<#"))?.Text ?? "",
            comments = tokens
                .Where(token => token.Kind == TokenKind.Comment)
                .Select(token => new { line = token.Extent.StartLineNumber, text = token.Text }),
            commands = nodes.OfType<CommandAst>().Select(Command),
            functions = nodes.OfType<FunctionDefinitionAst>().Select(Function),
            parameters = nodes.OfType<ParameterAst>().Select(parameter => new
            {
                name = parameter.Name.VariablePath.UserPath,
                type = parameter.StaticType == typeof(object) ? "" : parameter.StaticType.Name,
            }),
            assignments = nodes.OfType<AssignmentStatementAst>().Select(Assignment),
            types = nodes
                .Select(node => node switch
                {
                    TypeExpressionAst expression => expression.TypeName,
                    TypeConstraintAst constraint => constraint.TypeName,
                    _ => null,
                })
                .OfType<ITypeName>()
                .SelectMany(Names),
            attributes = nodes
                .OfType<AttributeAst>()
                .Select(attribute => new { line = attribute.Extent.StartLineNumber, name = attribute.TypeName.FullName }),
            members = nodes.OfType<MemberExpressionAst>().Select(member => new
            {
                line = member.Extent.StartLineNumber,
                name = (member.Member as StringConstantExpressionAst)?.Value,
                isStatic = member.Static,
                isCall = member is InvokeMemberExpressionAst,
                on = (member.Expression as TypeExpressionAst)?.TypeName.FullName,
            }),
            constructs = nodes
                .SelectMany(Constructs)
                .Concat(Requirements(tree))
                .Select(found => new { line = found.Item1.StartLineNumber, name = found.Item2 }),
        };
    }

    private static IEnumerable<object> Names(ITypeName type) =>
        type switch
        {
            ArrayTypeName array => Names(array.ElementType),
            GenericTypeName generic => Names(generic.TypeName).Concat(generic.GenericArguments.SelectMany(Names)),
            _ => [new { line = type.Extent.StartLineNumber, name = type.FullName }],
        };

    private static object Command(CommandAst command)
    {
        var first = command.CommandElements[0];
        var ancestors = Ancestors(command).ToArray();
        var conditions = ancestors.Zip(ancestors.Skip(1)).SelectMany(Conditions).ToArray();
        var statement = ancestors.OfType<StatementAst>().FirstOrDefault() ?? (Ast)command;
        return new
        {
            line = command.Extent.StartLineNumber,
            statementLine = statement.Extent.StartLineNumber,
            name = command.GetCommandName(),
            invokedBy = command.InvocationOperator switch
            {
                TokenKind.Ampersand => "&",
                TokenKind.Dot => ".",
                _ => "",
            },
            target = first switch
            {
                VariableExpressionAst variable => $"${variable.VariablePath.UserPath}",
                ScriptBlockExpressionAst => "{}",
                _ => first.Extent.Text,
            },
            elements = command.CommandElements.Skip(1).Select(Element),
            isConditional = ancestors.Any(ancestor => ancestor is IfStatementAst or TryStatementAst or ScriptBlockExpressionAst),
            function = ancestors.OfType<FunctionDefinitionAst>().FirstOrDefault()?.Name,
            guardedCommands = conditions.SelectMany(AskedCommands),
            guardedParameters = conditions.SelectMany(AskedParameters),
            writesFile = command.Redirections.OfType<FileRedirectionAst>().Any(redirection => redirection.Location.Extent.Text != "$null"),
        };
    }

    private static object Element(CommandElementAst element) =>
        element switch
        {
            CommandParameterAst parameter => new
            {
                kind = "parameter",
                text = parameter.ParameterName,
                hasArgument = parameter.Argument is not null,
            },
            VariableExpressionAst { Splatted: true } variable => new
            {
                kind = "splat",
                text = variable.VariablePath.UserPath,
                hasArgument = false,
            },
            StringConstantExpressionAst constant => new { kind = "constant", text = constant.Value, hasArgument = false },
            _ => new { kind = "expression", text = element.Extent.Text, hasArgument = false },
        };

    private static object Function(FunctionDefinitionAst function) =>
        new
        {
            line = function.Extent.StartLineNumber,
            name = function.Name,
            parameters = (function.Parameters ?? function.Body.ParamBlock?.Parameters)?.Select(parameter => parameter.Name.VariablePath.UserPath)
                ?? [],
        };

    private static object Assignment(AssignmentStatementAst assignment)
    {
        var value = (assignment.Right as CommandExpressionAst)?.Expression;
        while (value is ConvertExpressionAst convert) value = convert.Child;
        return new
        {
            line = assignment.Extent.StartLineNumber,
            variable = assignment.Left is VariableExpressionAst variable ? variable.VariablePath.UserPath : assignment.Left.Extent.Text,
            value = value switch
            {
                HashtableAst => "hashtable",
                ScriptBlockExpressionAst => "scriptblock",
                _ => "other",
            },
            keys = value is HashtableAst table ? table.KeyValuePairs.Select(pair => pair.Item1.Extent.Text.Trim('\'', '"')) : [],
            constants = assignment.Right
                .FindAll(node => node is StringConstantExpressionAst, true)
                .Select(node => ((StringConstantExpressionAst)node).Value),
        };
    }

    private static IEnumerable<Ast> Ancestors(Ast node)
    {
        for (var parent = node.Parent; parent is not null; parent = parent.Parent) yield return parent;
    }

    /// <summary>The condition that must have held for a node inside this block to run.</summary>
    private static IEnumerable<Ast> Conditions((Ast Inner, Ast Outer) step) =>
        step.Outer is IfStatementAst choice
            ? choice.Clauses.Where(clause => clause.Item2 == step.Inner).Select(clause => (Ast)clause.Item1)
            : [];

    private static IEnumerable<string> AskedCommands(Ast condition) =>
        condition
            .FindAll(node => node is CommandAst, true)
            .Cast<CommandAst>()
            .Where(command => command.GetCommandName() is { } name && name.EndsWith("-Command", StringComparison.OrdinalIgnoreCase))
            .SelectMany(command => command.CommandElements.Skip(1).OfType<StringConstantExpressionAst>())
            .Select(constant => constant.Value);

    private static IEnumerable<string> AskedParameters(Ast condition) =>
        condition
            .FindAll(node => node is InvokeMemberExpressionAst, true)
            .Cast<InvokeMemberExpressionAst>()
            .Where(call => call.Member is StringConstantExpressionAst { Value: "ContainsKey" })
            .SelectMany(call => call.Arguments ?? Enumerable.Empty<ExpressionAst>())
            .OfType<StringConstantExpressionAst>()
            .Select(constant => constant.Value);

    [GeneratedRegex("^-?(?:0x[0-9a-f]+l?|[0-9.]+(?:e[+-]?[0-9]+)?[dl]?)(?:kb|mb|gb|tb|pb)?$", RegexOptions.IgnoreCase)]
    private static partial Regex OldNumber { get; }

    [GeneratedRegex(@"(?<!`)(?:``)*`(?:e|u\{)")]
    private static partial Regex NewEscape { get; }

    private static IEnumerable<(IScriptExtent, string)> Constructs(Ast node)
    {
        var name = node switch
        {
            TypeDefinitionAst { IsEnum: true } => "enum",
            TypeDefinitionAst => "class",
            UsingStatementAst => "using",
            TernaryExpressionAst => "ternary",
            PipelineChainAst => "pipeline chain",
            BinaryExpressionAst { Operator: TokenKind.QuestionQuestion } => "null coalescing",
            AssignmentStatementAst { Operator: TokenKind.QuestionQuestionEquals } => "null coalescing",
            MemberExpressionAst { NullConditional: true } or IndexExpressionAst { NullConditional: true } => "null conditional",
            PipelineAst { Background: true } => "background",
            ConfigurationDefinitionAst => "configuration",
            DynamicKeywordStatementAst => "dynamic keyword",
            FunctionDefinitionAst { IsWorkflow: true } => "workflow",
            ForEachStatementAst { Flags: not ForEachFlags.None } => "parallel loop",
            ScriptBlockAst { CleanBlock: not null } => "clean block",
            ExitStatementAst => "exit",
            InvokeMemberExpressionAst { Static: true, Member: StringConstantExpressionAst { Value: var member } }
                when member.Equals("new", StringComparison.OrdinalIgnoreCase) => "static new",
            InvokeMemberExpressionAst { Static: false, Member: StringConstantExpressionAst { Value: var member } }
                when member.Equals("Where", StringComparison.OrdinalIgnoreCase)
                || member.Equals("ForEach", StringComparison.OrdinalIgnoreCase) => "collection method",
            InvokeMemberExpressionAst { Member: not StringConstantExpressionAst } => "computed method",
            StringConstantExpressionAst { StringConstantType: StringConstantType.DoubleQuoted } text
                when NewEscape.IsMatch(text.Extent.Text) => "new escape",
            ExpandableStringExpressionAst text when NewEscape.IsMatch(text.Extent.Text) => "new escape",
            ConstantExpressionAst { Value: not string } number when !OldNumber.IsMatch(number.Extent.Text) => "new number",
            _ => null,
        };
        if (name is not null) yield return (node.Extent, name);
    }

    private static IEnumerable<(IScriptExtent, string)> Requirements(ScriptBlockAst tree) =>
        tree.ScriptRequirements is null ? [] : [(tree.Extent, "requires")];
}
