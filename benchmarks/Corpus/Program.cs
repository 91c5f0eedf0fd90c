using System.CommandLine;
using LifetimeAnalyzers.Corpus.Commands;
using Microsoft.CodeAnalysis;

var folders = new Argument<string[]>("folders") { Description = "Folders of C# sources", Arity = ArgumentArity.OneOrMore };
var projects = new Option<bool>("--projects") { Description = "One compilation for each project file, instead of one for the folder" };
var assembly = new Option<string?>("--analyzer") { Description = "The analyzer assembly, instead of the one built here" };
var set = new Option<string>("--set") { Description = "ours, ca2000, platform, disposable or empty", DefaultValueFactory = _ => "ours" };
var least = new Option<DiagnosticSeverity>("--severity") { Description = "The lowest severity that is shown", DefaultValueFactory = _ => DiagnosticSeverity.Info };
var concurrent = new Option<bool>("--concurrent") { Description = "Analyse bodies concurrently" };

var findings = new Command("findings", "Print what is reported") { folders, projects, assembly, set, least, concurrent };
findings.SetAction(arguments => FindingsCommand.Run(
    arguments.GetValue(folders)!,
    arguments.GetValue(projects),
    arguments.GetValue(set)!,
    arguments.GetValue(assembly),
    arguments.GetValue(least),
    arguments.GetValue(concurrent),
    Console.Out));

var threshold = new Option<int>("--milliseconds") { Description = "What counts as slow", DefaultValueFactory = _ => 300 };
var slow = new Command("slow", "Print the slowest documents and members") { folders, projects, assembly, set, threshold };
slow.SetAction(arguments => SlowCommand.Run(
    arguments.GetValue(folders)!,
    arguments.GetValue(projects),
    arguments.GetValue(set)!,
    arguments.GetValue(assembly),
    TimeSpan.FromMilliseconds(arguments.GetValue(threshold)),
    Console.Out));

var root = new RootCommand("Runs analyzers over folders of real C# code") { findings, slow };
return root.Parse(args).Invoke();
