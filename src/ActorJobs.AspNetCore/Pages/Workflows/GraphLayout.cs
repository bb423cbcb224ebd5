namespace ActorJobs.AspNetCore.Pages.Workflows;

/// <summary>Where the boxes of a drawing are: a column per layer, from left to right, each box near those it waits for.</summary>
internal sealed class GraphLayout
{
    public const int BoxWidth = 176;
    public const int BoxHeight = 46;

    private const int GapX = 58;
    private const int GapY = 14;
    private const int Margin = 6;
    private const int MaxBoxes = 400;

    private GraphLayout(IReadOnlyList<Box> boxes, IReadOnlyList<Line> lines, int hidden) => (Boxes, Lines, Hidden) = (boxes, lines, hidden);

    public IReadOnlyList<Box> Boxes { get; }

    public IReadOnlyList<Line> Lines { get; }

    /// <summary>How many nodes are not drawn.</summary>
    public int Hidden { get; }

    public int Width => Boxes.Max(box => box.X) + BoxWidth + Margin;

    public int Height => Boxes.Max(box => box.Y) + BoxHeight + Margin;

    public static GraphLayout Of(IReadOnlyList<WorkflowNodeView> nodes)
    {
        var all = GraphGroup.Of(nodes);
        GraphGroup[] groups = [.. all.Take(MaxBoxes)];
        var rows = RowsOf(groups);
        var tallest = groups.GroupBy(group => group.Layer).Max(layer => layer.Count());
        var boxes = new Box[groups.Length];
        foreach (var layer in Enumerable.Range(0, groups.Length).GroupBy(place => groups[place].Layer))
        {
            var top = Margin + ((tallest - layer.Count()) * (BoxHeight + GapY) / 2); // columns are centred
            foreach (var place in layer)
                boxes[place] = new Box(groups[place], Margin + (layer.Key * (BoxWidth + GapX)), top + (rows[place] * (BoxHeight + GapY)));
        }

        Line[] lines = [.. from box in boxes from parent in box.Group.Parents where parent < boxes.Length select new Line(boxes[parent], box)];
        return new GraphLayout(boxes, lines, all.Skip(MaxBoxes).Sum(group => group.Nodes.Count));
    }

    // within a column by the middle of the parents' rows: few lines cross, and equal ones stay in their order
    private static int[] RowsOf(GraphGroup[] groups)
    {
        var rows = new int[groups.Length];
        foreach (var layer in Enumerable.Range(0, groups.Length).GroupBy(place => groups[place].Layer).OrderBy(layer => layer.Key))
        {
            var ordered = layer.OrderBy(place => groups[place].Parents is { Count: > 0 } parents ? parents.Average(parent => rows[parent]) : 0);
            foreach (var (row, place) in ordered.Index())
                rows[place] = row;
        }

        return rows;
    }

    public sealed record Box(GraphGroup Group, int X, int Y);

    /// <summary>An edge, as the curve between two boxes.</summary>
    public sealed record Line(Box From, Box To)
    {
        public string Path
        {
            get
            {
                var (x1, y1, x2, y2) = (From.X + BoxWidth, From.Y + (BoxHeight / 2), To.X, To.Y + (BoxHeight / 2));
                var bend = Math.Min(GapX / 2, (x2 - x1) / 2);
                return FormattableString.Invariant($"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2 - 4} {y2}");
            }
        }
    }
}
