using System.CommandLine;
using LifetimeAnalyzers.Corpus.Commands;
using Microsoft.CodeAnalysis;

var folders = new Argument<string[]>("folders") { Description = "Folders of C# sources", Arity = ArgumentArity.OneOrMore };
var projects = new Option<bool>("--projects") { Description = "One compilation for each project file, instead of one for the folder" };
var assembly = new Option<string?>("--analyzer") { Description = "The analyzer assembly, instead of the one built here" };
var set = new Option<string>("--set") { Description = "ours, ca2000, platform, disposable or empty", DefaultValueFactory = _ => "ours" };
var least = new Option<DiagnosticSeverity>("--severity") { Description = "The lowest severity that is shown", DefaultValueFactory = _ => DiagnosticSeverity.Info };
var whole = new Option<bool>("--whole") { Description = "All documents in one run, as a build has it: faster, without a limit for a document" };
var findings = new Command("findings", "Print what is reported") { folders, projects, assembly, set, least, whole };
findings.SetAction(arguments => FindingsCommand.Run(
    arguments.GetValue(folders)!,
    arguments.GetValue(projects),
    arguments.GetValue(set)!,
    arguments.GetValue(assembly),
    arguments.GetValue(least),
    arguments.GetValue(whole),
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

var rounds = new Option<int>("--rounds") { Description = "Runs to compare or to take the median of", DefaultValueFactory = _ => 5 };
var determinism = new Command("determinism", "Compare runs with and without concurrency") { folders, projects, assembly, rounds };
determinism.SetAction(arguments => DeterminismCommand.Run(
    arguments.GetValue(folders)!,
    arguments.GetValue(projects),
    arguments.GetValue(assembly),
    arguments.GetValue(rounds),
    Console.Out));

var count = new Option<int>("--count") { Description = "How many mutants or edits", DefaultValueFactory = _ => 10_000 };
var seed = new Option<int>("--seed") { Description = "The same seed gives the same mutants and edits", DefaultValueFactory = _ => 1 };
var mutate = new Command("mutate", "Cut files off and delete tokens: no exception, no hang") { folders, projects, assembly, count, seed };
mutate.SetAction(arguments => MutateCommand.Run(
    arguments.GetValue(folders)!,
    arguments.GetValue(projects),
    arguments.GetValue(assembly),
    arguments.GetValue(count),
    arguments.GetValue(seed),
    Console.Out));
var edit = new Command("edit", "Time the diagnostics of a member after an edit") { folders, projects, assembly, count, seed };
edit.SetAction(arguments => EditCommand.Run(
    arguments.GetValue(folders)!,
    arguments.GetValue(projects),
    arguments.GetValue(assembly),
    arguments.GetValue(count),
    arguments.GetValue(seed),
    Console.Out));

var listed = new Option<string?>("--list") { Description = "Also list the sites whose account contains this text" };
var sites = new Command("sites", "Account for the allocation sites") { folders, projects, listed };
sites.SetAction(arguments => SitesCommand.Run(
    arguments.GetValue(folders)!,
    arguments.GetValue(projects),
    arguments.GetValue(listed),
    Console.Out));

var peers = new Option<bool>("--peers") { Description = "Also CA2000, CA2000 with CA2213, and IDisposableAnalyzers" };
var time = new Command("time", "Time the analyzers against the compile") { folders, projects, assembly, set, rounds, peers };
time.SetAction(arguments => TimeCommand.Run(
    arguments.GetValue(folders)!,
    arguments.GetValue(projects),
    arguments.GetValue(set)!,
    arguments.GetValue(assembly),
    arguments.GetValue(rounds),
    arguments.GetValue(peers),
    Console.Out));

var cost = new Command("cost", "Time the analyzer on bodies of difficult shapes") { assembly, rounds };
cost.SetAction(arguments => CostCommand.Run(arguments.GetValue(assembly), arguments.GetValue(rounds), Console.Out));

var root = new RootCommand("Runs analyzers over folders of real C# code") { findings, slow, sites, time, edit, mutate, determinism, cost };
return root.Parse(args).Invoke();
