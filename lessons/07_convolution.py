# ---
# tutorch:
#   title:
#     en: Convolution
#     ko: 합성곱
#   summary:
#     en: Move a digit by four pixels, see what breaks, and build a network that holds.
#     ko: 숫자를 네 픽셀 옮기면 무엇이 무너지는지 보고, 버티는 신경망을 만듭니다.
#   minutes: 45
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] lang="en"
# ## A digit, and the same digit
#
# Handwritten digits once more: 28 x 28 pixels, from 0 for paper
# to 1 for ink. 20,000 to train on, and 1,000 that no training in
# this lesson sees.
#
# `move` pushes an image by whole pixels: paper comes in at one
# side, and what leaves the frame at the other is lost. Here is a
# digit, and the same digit four pixels higher and further right.
#
# You read both without noticing that one has moved. This lesson
# is about what it takes to do that.

# %% [markdown] lang="ko"
# ## 숫자 하나, 그리고 같은 숫자
#
# 이번에도 손글씨 숫자입니다. 28 x 28픽셀이고, 종이는 0, 잉크는
# 1입니다. 2만 장으로 학습하고, 1,000장은 이번 레슨의 어떤
# 학습에도 쓰지 않습니다.
#
# `move`는 이미지를 픽셀 단위로 밉니다. 한쪽에서는 종이가 들어오고,
# 반대쪽으로 나간 것은 사라집니다. 숫자 하나와, 그 숫자를 위로
# 네 픽셀, 오른쪽으로 네 픽셀 옮긴 것을 봅시다.
#
# 우리는 옮겨졌다는 것도 모른 채 둘 다 읽습니다. 그러려면 무엇이
# 필요한지가 이번 레슨의 이야기입니다.

# %% A digit, moved tags=["parameters"] show="x_train y_train x_test y_test"
import gzip
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

train_count = 20000
test_count = 1000

# a notebook has no __file__; it runs in the folder that it lies in
lesson = Path(globals().get("__file__", "07_convolution.py")).resolve()
folders = [parent / "assets" / "mnist" for parent in lesson.parents]
packed = next(filter(Path.is_dir, folders), folders[1])


def unpacked(name, head, size, count):
    """The first things in a packed file, behind its head."""
    with gzip.open(packed / name) as file:
        file.seek(head)
        numbers = bytearray(file.read(count * size))
    values = torch.frombuffer(numbers, dtype=torch.uint8)
    return values.to(torch.get_default_device())


def handwriting(part, count):
    images = unpacked(f"{part}-images-idx3-ubyte.gz", 16, 784, count)
    digits = unpacked(f"{part}-labels-idx1-ubyte.gz", 8, 1, count)
    return images.view(-1, 1, 28, 28) / 255, digits.long()


def move(images, down, right):
    return F.pad(images, (right, -right, down, -down))


x_train, y_train = handwriting("train", train_count)
all_images, all_digits = handwriting("t10k", 10000)
x_test = all_images[:: 10000 // test_count].clone()
y_test = all_digits[:: 10000 // test_count].clone()
print("train", x_train.shape, "test", x_test.shape, y_test[:8])

# %% The digit, and moved view="every epoch"
import math

import plotext as plt


def draw(maps, names, ink=0):
    """Maps beside each other, as large as fits: orange above 0, blue below.

    The first ones, as many as `ink`, are handwriting, and white.
    """
    width, height = plt.terminal_size()
    maps = [each.detach().cpu().clamp(-1e6, 1e6).nan_to_num() for each in maps]
    maps = [each / each.abs().max().clamp(min=1e-6) for each in maps]
    tall, wide = max(len(each) for each in maps), max(each.shape[1] for each in maps)
    for zoom in (6, 5, 4, 3, 2, *(part / 20 for part in range(20, 3, -1))):
        column = max(math.ceil(zoom * wide), *(len(name) for name in names), 1)
        rows = math.ceil(len(maps) / max(1, (width + 1) // (column + 1)))
        if rows * (1 + math.ceil(zoom * tall / 2)) <= height:
            break
    across = math.ceil(len(maps) / rows)
    for first in range(0, len(maps), across):
        print(" ".join(f"{name:^{column}}" for name in names[first : first + across]))
        drawn = []
        for at, each in enumerate(maps[first : first + across], first):
            size = [math.ceil(zoom * length) for length in each.shape]
            each = F.interpolate(each[None, None], size=size, mode="area")[0, 0]
            each = F.pad(each, (0, 0, 0, len(each) % 2))
            drawn.append(half_blocks(each.tolist(), at < ink, column))
        longest = max(map(len, drawn))
        blank = " " * column
        for line in range(longest):
            print(" ".join(each[line] if line < len(each) else blank for each in drawn))


def half_blocks(rows, is_ink, column):
    """Two rows of values a line, each value a coloured half of a character."""
    lines = []
    for over, under in zip(rows[::2], rows[1::2]):
        cells = (
            f"\033[38;2;{color(above, is_ink)};48;2;{color(below, is_ink)}m▀"
            for above, below in zip(over, under)
        )
        left = (column - len(over)) // 2
        right = column - len(over) - left
        lines.append(" " * left + "".join(cells) + "\033[0m" + " " * right)
    return lines


def color(value, is_ink):
    red, green, blue = (255, 150, 0) if value > 0 else (0, 130, 255)
    if is_ink:
        red, green, blue = 255, 255, 255
    bright = min(1.0, abs(value))
    return f"{int(bright * red)};{int(bright * green)};{int(bright * blue)}"


digit = x_test[0, 0]
draw([digit, move(digit, -4, 4)], ["0, 0", "-4, +4"], ink=2)

# %% [markdown] lang="en"
# ## A network reads it
#
# A **dense** network, as in the lessons before: each of its
# neurons has a weight for every one of the 784 pixels. It learns
# from 20,000 digits, three times over, in a few seconds.
#
# Run the step. The map says what it reads when the digit is
# moved: the middle is the digit where it is, row -4 and column +6
# the digit 4 pixels higher and 6 further right. A green field
# reads as the middle does.
#
# Then empty the canvas (`b`, `backspace`) and write digits of your
# own, with the mouse or the keys. How far from the middle can you
# go?

# %% [markdown] lang="ko"
# ## 신경망이 읽습니다
#
# 앞 레슨에서 쓴 것과 같은 **완전 연결**(dense) 신경망입니다.
# 뉴런마다 픽셀 784개에 가중치가 하나씩 있습니다. 숫자 2만 장을
# 세 번씩 보고 배우며, 몇 초면 됩니다.
#
# 먼저 실행하세요. 그림은 숫자를 옮기면 무엇으로 읽는지 보여 주는
# 지도입니다. 가운데가 제자리이고, -4행 +6열은 위로 4픽셀, 오른쪽으로
# 6픽셀 옮긴 것입니다. 가운데와 똑같이 읽은 칸은 초록색입니다.
#
# 그다음 캔버스를 비우고(`b`, `backspace`) 마우스나 키보드로 숫자를
# 직접 써 보세요. 가운데에서 얼마나 벗어나도 제대로 읽나요?

# %% A dense network reads it canvas="drawn" watch="loss" show="drawn"
torch.manual_seed(0)
dense = nn.Sequential(
    nn.Flatten(),
    nn.Linear(784, 128),
    nn.ReLU(),
    nn.Linear(128, 10),
)
optimizer = torch.optim.Adam(dense.parameters(), lr=0.003)
drawn = x_test[0, 0].clone()

for epoch in range(3):
    for batch in torch.randperm(train_count).split(100):
        loss = F.cross_entropy(dense(x_train[batch]), y_train[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

print(f"it reads a {dense(drawn[None, None]).argmax()}")


# %% Answers, down and right view="every epoch"
def map_of_answers(model, image):
    width, height = plt.terminal_size()
    places = range(-6, 7, 1 if width >= 42 and height >= 14 else 2)
    moved = [move(image, down, right) for down in places for right in places]
    with torch.no_grad():
        answers = model(torch.stack(moved)[:, None]).argmax(dim=1)
    answers = answers.view(len(places), -1).tolist()
    middle = answers[len(places) // 2][len(places) // 2]

    print("   " + "".join(f"{right:>+3}" for right in places))
    for down, row in zip(places, answers):
        fields = (f"\033[{field(answer == middle)}m {answer} " for answer in row)
        print(f"{down:>+3}" + "".join(fields) + "\033[0m")


def field(is_same):
    ground = "0;95;0" if is_same else "135;0;0"
    return f"38;2;255;255;255;48;2;{ground}"


map_of_answers(dense, drawn)

# %% [markdown] lang="en"
# ## How far may it move?
#
# One digit proves little. Take the 1,000 test digits, push all
# of them right, left, down and up by the same number of pixels,
# and count how many are read rightly.
#
# Where they are, the network reads 95 in 100 of them. A digit of
# MNIST has a margin of about four pixels on each side, so moved
# by four pixels hardly any ink is lost.
#
# Which share will it read rightly at four pixels, from 0 to 1?
#
# - [?] `shares["dense"][4]` ± 0.08
#   Not even one in four. Each weight knows one pixel, and after
#   four pixels it looks at another part of the digit.

# %% [markdown] lang="ko"
# ## 얼마나 옮겨도 될까요?
#
# 숫자 하나로는 알 수 없습니다. 테스트 숫자 1,000장을 모두 오른쪽,
# 왼쪽, 아래, 위로 같은 픽셀 수만큼 밀고, 몇 장을 맞히는지
# 세어 봅시다.
#
# 제자리에서는 100장 중 95장을 맞힙니다. MNIST 숫자는 사방에 네
# 픽셀쯤 여백이 있어서, 네 픽셀을 옮겨도 사라지는 잉크는 거의
# 없습니다.
#
# 네 픽셀을 옮기면 맞히는 비율은 얼마일까요? 0에서 1 사이의 수로
# 답하세요.
#
# - [?] `shares["dense"][4]` ± 0.08
#   맞히는 숫자가 4분의 1도 되지 않습니다. 가중치는 저마다 픽셀
#   하나만 압니다. 네 픽셀을 옮기면 숫자의 엉뚱한 부분을 보게 됩니다.

# %% Moved by 0 to 8 pixels watch="accuracy"
directions = [(0, 1), (0, -1), (1, 0), (-1, 0)]
shares = {}


@torch.no_grad()
def share_right(model, distance):
    """The share of the test digits read rightly, over the four directions."""
    answers = [
        model(move(x_test, distance * down, distance * right)).argmax(dim=1)
        for down, right in directions
    ]
    return (torch.stack(answers) == y_test).float().mean().item()


shares["dense"] = []
for distance in range(9):
    accuracy = share_right(dense, distance)
    shares["dense"].append(accuracy)
    print(f"moved by {distance}: {accuracy:.3f}")


# %% Right in 100, by pixels view="every epoch"
def draw_shares(lines):
    plt.clear_figure()
    plt.theme("clear")
    for (name, values), line_color in zip(lines.items(), ("cyan", "orange", "green", "red")):
        percent = (100 * torch.tensor(values)).nan_to_num().tolist()
        if percent:
            plt.plot(range(len(values)), percent, marker="braille", color=line_color, label=name)
    plt.xlim(0, 8)
    plt.xticks(range(9))
    # above 100 each name has a row of its own
    rows = max(4, plt.plotsize()[1] - 5)
    plt.ylim(0, 100 * rows / max(1, rows - len(lines)))
    plt.yticks([0, 25, 50, 75, 100])
    plt.xlabel("pixels moved")
    plt.show()


draw_shares(shares)

# %% [markdown] lang="en"
# ## What it knows of neighbours
#
# Here is how little a dense network knows of an image. Put the
# 784 pixels into a random order, the same for all digits: what
# lay side by side is now anywhere. See for yourself in the
# drawing whether you can still read it.
#
# Train the same network on these images, and test it on digits
# in the same disorder. What share of them will it read rightly?
#
# - [?] `shuffled_accuracy` ± 0.03
#   About as many as before. To a dense network an image is a list;
#   it never knew which pixels are neighbours, and so lost nothing.

# %% [markdown] lang="ko"
# ## 이웃을 얼마나 알까요?
#
# 완전 연결 신경망이 이미지를 얼마나 모르는지 봅시다. 픽셀 784개를
# 무작위 순서로 뒤섞습니다. 순서는 모든 숫자에 똑같이 씁니다. 나란히
# 있던 픽셀이 사방으로 흩어집니다. 그림을 보고 직접 읽을 수 있는지
# 확인해 보세요.
#
# 같은 신경망을 이 이미지로 학습하고, 똑같이 뒤섞은 테스트 숫자로
# 시험합니다. 맞히는 비율은 얼마일까요?
#
# - [?] `shuffled_accuracy` ± 0.03
#   전과 거의 같습니다. 완전 연결 신경망에게 이미지는 수의 목록일
#   뿐입니다. 어느 픽셀이 이웃인지 애초에 몰랐으니 잃은 것도
#   없습니다.

# %% All pixels in another order watch="loss" show="order"
torch.manual_seed(0)
order = torch.randperm(784)


def shuffle(images):
    return images.flatten(1)[:, order].view(-1, 1, 28, 28)


x_shuffled = shuffle(x_train)
model = nn.Sequential(
    nn.Flatten(),
    nn.Linear(784, 128),
    nn.ReLU(),
    nn.Linear(128, 10),
)
optimizer = torch.optim.Adam(model.parameters(), lr=0.003)

for epoch in range(3):
    for batch in torch.randperm(train_count).split(100):
        loss = F.cross_entropy(model(x_shuffled[batch]), y_train[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

with torch.no_grad():
    answers = model(shuffle(x_test)).argmax(dim=1)
shuffled_accuracy = (answers == y_test).float().mean().item()
print(f"in order {shares['dense'][0]:.3f}, shuffled {shuffled_accuracy:.3f}")

# %% Three digits, shuffled view="every epoch"
three = torch.cat([x_test[:3], shuffle(x_test[:3])])[:, 0]
draw(list(three), [f"{digit}" for digit in y_test[:3].tolist()] * 2, ink=6)

# %% [markdown] lang="en"
# ## A window that slides
#
# Something must know what is beside what. Take a small table of
# weights, the **kernel**, 3 x 3 here. Lay it on the image, as a
# window: multiply each weight by the pixel under it, add up, and
# write the sum down. Slide on by one pixel, with the same nine
# weights, over the whole image. The sums make a new image, the
# **feature map**. That is a **convolution**.
#
# The kernel below subtracts what is left of the middle from what
# is right of it. Press `-` a few times, and watch it run.
#
# Orange is a sum above 0, blue one below. An upright stroke of
# ink has a left edge, an inside, and a right edge. What will the
# map have there?
#
# - [ ] Orange all over the stroke
#   Inside, what is left and right is the same, and cancels out.
# - [x] Orange at the left edge, blue at the right
#   At the left edge there is ink on the right: above 0.
# - [ ] Blue at the left edge, orange at the right
#   The weights on the right are the positive ones.

# %% [markdown] lang="ko"
# ## 미끄러지는 창
#
# 어느 픽셀이 어느 픽셀의 이웃인지 알아야 합니다. 작은 가중치
# 표를 준비합니다. 이것이 **커널**이고 여기서는 3 x 3입니다. 커널을
# 이미지 위에 창처럼 올려놓고, 가중치마다 바로 아래 픽셀과 곱해서
# 모두 더한 값을 적습니다. 같은 가중치 아홉 개를 한 픽셀씩 옮겨
# 가며 이미지 전체를 훑습니다. 이렇게 적은 값이 새 이미지, 곧
# **특징 맵**이 됩니다. 이것이 **합성곱**(convolution)입니다.
#
# 아래 커널은 가운데의 오른쪽에서 왼쪽을 뺍니다. `-`를 몇 번 누르고
# 실행해서 지켜보세요.
#
# 합이 0보다 크면 주황색, 작으면 파란색입니다. 세로획에는 왼쪽
# 가장자리, 안쪽, 오른쪽 가장자리가 있습니다. 특징 맵은 거기서 어떤
# 색이 될까요?
#
# - [ ] 획 전체가 주황색
#   안쪽에서는 왼쪽과 오른쪽이 같아서 상쇄됩니다.
# - [x] 왼쪽 가장자리는 주황색, 오른쪽은 파란색
#   왼쪽 가장자리에서는 오른쪽에 잉크가 있으므로 0보다 큽니다.
# - [ ] 왼쪽 가장자리는 파란색, 오른쪽은 주황색
#   양수인 가중치는 오른쪽에 있습니다.

# %% A window that slides watch="" show="window kernel feature_map"
kernel = torch.tensor(
    [
        [-1.0, 0.0, 1.0],
        [-2.0, 0.0, 2.0],
        [-1.0, 0.0, 1.0],
    ]
)
image = x_test[6, 0]
feature_map = torch.zeros(26, 26)

for row in range(26):
    for column in range(26):
        window = image[row : row + 3, column : column + 3]
        feature_map[row, column] = (window * kernel).sum()

print(f"from {feature_map.min():.2f} to {feature_map.max():.2f}")

# %% The window and the map view="every iteration"
framed = image.clone()
framed[row : row + 3, column : column + 3] *= 0.6
framed[row : row + 3, column : column + 3] += 0.4
draw([framed, feature_map], ["28 x 28", "26 x 26"], ink=1)

# %% [markdown] lang="en"
# ## Your turn: edges that lie flat
#
# That kernel, named after Sobel, sees upright edges only: a flat
# stroke leaves no trace. Write another one into `kernel`:
#
# - above 0 along the upper edge of a stroke, where paper is above
#   and ink below;
# - below 0 along its lower edge;
# - and 0 where nothing changes, on an upright edge, in the ink
#   and on the paper.

# %% [markdown] lang="ko"
# ## 직접 해 보기: 누운 가장자리
#
# 방금 쓴 커널은 소벨(Sobel)의 것인데, 서 있는 가장자리만 봅니다.
# 가로획은 흔적을 남기지 않습니다. 다음과 같은 커널을 `kernel`에
# 써 보세요.
#
# - 위는 종이이고 아래는 잉크인 곳, 곧 획의 위쪽 가장자리에서 0보다
#   크고,
# - 획의 아래쪽 가장자리에서 0보다 작고,
# - 서 있는 가장자리와 잉크 속, 종이처럼 위아래로 변하지 않는
#   곳에서는 0이어야 합니다.

# %% Edges that lie flat tags=["exercise"] show="kernel feature_map"
kernel = torch.tensor(
    [
        [-1.0, 0.0, 1.0],
        [-2.0, 0.0, 2.0],
        [-1.0, 0.0, 1.0],
    ]
)
feature_map = F.conv2d(image[None, None], kernel[None, None])[0, 0]
print(f"from {feature_map.min():.2f} to {feature_map.max():.2f}")

# %% The image and your map view="every epoch"
draw([image, feature_map], ["28 x 28", "26 x 26"], ink=1)

# %% [markdown] lang="en" tags=["hint"]
# The kernel subtracts left from right. What must be subtracted
# from what here?

# %% [markdown] lang="ko" tags=["hint"]
# 주어진 커널은 오른쪽에서 왼쪽을 뺍니다. 여기서는 무엇에서
# 무엇을 빼야 할까요?

# %% [markdown] lang="en" tags=["hint"]
# Positive weights in the lowest row, the same ones negative in
# the top row. All nine together must add up to 0.

# %% [markdown] lang="ko" tags=["hint"]
# 맨 아래 행에는 양수를, 맨 위 행에는 같은 크기의 음수를 쓰세요.
# 아홉 개를 모두 더하면 0이어야 합니다.

# %% [markdown] lang="en" tags=["hint"]
# The given kernel, turned on its side: rows `[-1.0, -2.0, -1.0]`,
# `[0.0, 0.0, 0.0]` and `[1.0, 2.0, 1.0]`.

# %% [markdown] lang="ko" tags=["hint"]
# 주어진 커널을 눕히면 됩니다. 행은 차례로 `[-1.0, -2.0, -1.0]`,
# `[0.0, 0.0, 0.0]`, `[1.0, 2.0, 1.0]`입니다.

# %% tags=["solution"]
kernel = torch.tensor(
    [
        [-1.0, -2.0, -1.0],
        [0.0, 0.0, 0.0],
        [1.0, 2.0, 1.0],
    ]
)
feature_map = F.conv2d(image[None, None], kernel[None, None])[0, 0]
print(f"from {feature_map.min():.2f} to {feature_map.max():.2f}")

# %% tags=["check"]
weights = torch.as_tensor(kernel).detach().float()
while weights.dim() > 2 and len(weights) == 1:
    weights = weights[0]
is_table = weights.dim() == 2 and max(weights.shape) <= 7
assert is_table, {
    "en": "kernel must be a table of weights, such as 3 x 3;"
    f" yours has the shape {list(torch.as_tensor(kernel).shape)}",
    "ko": "kernel은 3 x 3 같은 가중치 표여야 합니다."
    f" 지금 shape: {list(torch.as_tensor(kernel).shape)}",
}
if is_table:
    stroke = torch.zeros(24, 24)
    stroke[8:16] = 1.0
    flat_map, upright_map = (
        F.conv2d(paper[None, None], weights[None, None])[0, 0] for paper in (stroke, stroke.T)
    )
    in_ink, least = weights.sum().item(), 1e-3 * max(weights.abs().sum().item(), 1e-9)
    above, below = flat_map.tensor_split(2)
    # a sign that does not belong there counts, even beside the one that does
    upper = above.max().item() if above.min() > -least else above.min().item()
    lower = below.min().item() if below.max() < least else below.max().item()
    upright = upright_map.abs().max().item()
if is_table:
    assert abs(in_ink) < least, {
        "en": "in even ink the map must be 0, so the weights must add up to 0;"
        f" yours make {in_ink:g}",
        "ko": "고르게 칠한 잉크 속에서는 0이어야 하므로 가중치를 모두 더하면 0이어야 합니다."
        f" 지금은 {in_ink:g}입니다",
    }
if is_table:
    assert upper > least, {
        "en": "along an upper edge the map must be above 0; with your kernel it is"
        f" {upper:g}: which rows hold the positive weights?",
        "ko": "획의 위쪽 가장자리에서 0보다 커야 합니다. 지금 커널로는"
        f" {upper:g}입니다. 양수인 가중치가 어느 행에 있나요?",
    }
if is_table:
    assert lower < -least, {
        "en": f"along a lower edge the map must be below 0; with your kernel it is {lower:g}",
        "ko": f"획의 아래쪽 가장자리에서 0보다 작아야 합니다. 지금 커널로는 {lower:g}입니다",
    }
if is_table:
    assert upright < least, {
        "en": "an upright edge must leave no trace; yours answers up to"
        f" {upright:g} there: does each column add up to 0?",
        "ko": "서 있는 가장자리는 흔적을 남기지 않아야 합니다. 지금은"
        f" {upright:g}까지 나옵니다. 열마다 더하면 0인가요?",
    }

# %% [markdown] lang="en"
# ## A layer of kernels
#
# PyTorch slides the window in `F.conv2d`, for many images and
# many kernels at once, hundreds of times faster than our two
# loops. `nn.Conv2d` is the layer that keeps the kernels, and a
# bias for each. (It does not turn the kernel round, as the
# convolution of mathematics does. Nobody minds: it is learnt.)
#
# Images come as `[n, channels, height, width]`, kernels as
# `[kernels, channels, 3, 3]`; ours are grey, and so have one
# channel, where colours have three. Four of Sobel's kind are laid into
# the layer here; each makes a map of its own, under an arrow that
# points from paper to ink where the map is orange.
#
# `dense` has 100,480 weights and biases in its first layer alone.
# How many has `nn.Conv2d(1, 8, kernel_size=5)`, eight kernels of
# 5 x 5?
#
# - [?] `weight_count` ± 0.4
#   8 x 25 weights and 8 biases: 208, for any size of image.

# %% [markdown] lang="ko"
# ## 커널이 모인 층
#
# 창을 미끄러뜨리는 일은 PyTorch의 `F.conv2d`가 합니다. 이미지 여러
# 장과 커널 여러 개를 한꺼번에 처리하고, 우리가 쓴 반복문보다 수백
# 배 빠릅니다. `nn.Conv2d`는 커널과 편향을 가진 층입니다. (수학의
# 합성곱과 달리 커널을 뒤집지 않지만, 어차피 학습할 값이므로
# 상관없습니다.)
#
# shape은 이미지가 `[n, 채널, 높이, 너비]`이고 커널이
# `[커널, 채널, 3, 3]`입니다. 우리 이미지는 회색이라 채널이
# 하나이고, 컬러라면 셋입니다. 소벨 같은 커널 네 개를 층에
# 넣었습니다. 커널마다 특징 맵이 하나씩 나옵니다. 맵 위의 화살표
# 쪽으로 종이에서 잉크로 바뀌는 곳이 주황색입니다.
#
# `dense`의 첫 층에는 가중치와 편향이 100,480개 있습니다. 5 x 5 커널
# 여덟 개인 `nn.Conv2d(1, 8, kernel_size=5)`에는 몇 개가 있을까요?
#
# - [?] `weight_count` ± 0.4
#   가중치 8 x 25개와 편향 8개, 모두 208개입니다. 이미지가 커져도
#   그대로입니다.

# %% A layer of kernels show="layer.weight maps"
across = torch.tensor([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])
falling = torch.tensor([[0.0, 1.0, 2.0], [-1.0, 0.0, 1.0], [-2.0, -1.0, 0.0]])
kernels = torch.stack([across, across.T, falling, falling.T.flip(0)])

layer = nn.Conv2d(1, 4, kernel_size=3, bias=False)
with torch.no_grad():
    layer.weight.copy_(kernels[:, None])
    maps = layer(image[None, None])

by_function = F.conv2d(image[None, None], kernels[:, None])
by_hand = torch.zeros(26, 26)
for row in range(26):
    for column in range(26):
        window = image[row : row + 3, column : column + 3]
        by_hand[row, column] = (window * across).sum()

print("layer and function, the same bits:", torch.equal(maps, by_function))
print(f"by hand, at most {(by_hand - maps[0, 0]).abs().max():.1g} away")

eight = nn.Conv2d(1, 8, kernel_size=5)
weight_count = sum(each.numel() for each in eight.parameters())
print(f"8 kernels of 5 x 5: {weight_count}; dense: {784 * 128 + 128:,}")

# %% Four maps of an image view="every epoch"
draw([image, *maps[0]], ["", "→", "↓", "↗", "↖"], ink=1)

# %% [markdown] lang="en"
# ## Padding, stride, pooling
#
# Three ways to say how large a map becomes:
#
# - **padding** lays paper around the image, so that the window
#   can stand on the border: 1 on each side for a kernel of 3;
# - **stride** is how far the window jumps;
# - **pooling** makes one value of several: `MaxPool2d(2)` keeps
#   the largest of each 2 x 2, and has nothing to learn.
#
# The drawing has the maps in the order in which they are printed.
# Afterwards press `#` until the stride is in hand, turn it with
# `}`, run again, and see what becomes of the map.
#
# Without padding, the 28 x 28 of the image became 26 x 26. How
# wide is the map with a padding of 1 and a stride of 2?
#
# - [?] `widths["padding 1, strided"]` ± 0.4
#   30 wide with its padding; the window begins at 0, 2, 4 … 26:
#   that is 14 places.

# %% [markdown] lang="ko"
# ## 패딩, 스트라이드, 풀링
#
# 특징 맵의 크기를 정하는 방법은 세 가지입니다.
#
# - **패딩**은 이미지 둘레에 종이를 덧대서 창이 가장자리에도 설 수
#   있게 합니다. 커널이 3이면 사방에 1씩 댑니다.
# - **스트라이드**는 창이 한 번에 건너뛰는 폭입니다.
# - **풀링**은 값 여러 개를 하나로 줄입니다. `MaxPool2d(2)`는
#   2 x 2칸마다 가장 큰 값을 남기고, 학습할 것은 없습니다.
#
# 그림의 특징 맵은 출력에 적힌 순서대로입니다.
# 실행한 다음에는 스트라이드가 잡힐 때까지 `#`를 누르고, `}`로 키워
# 다시 실행해서 특징 맵이 어떻게 되는지 보세요.
#
# 패딩이 없을 때 28 x 28 이미지는 26 x 26이 되었습니다. 패딩이 1,
# 스트라이드가 2이면 특징 맵의 너비는 얼마일까요?
#
# - [?] `widths["padding 1, strided"]` ± 0.4
#   패딩을 더한 너비는 30이고 창은 0, 2, 4, …, 26에서 시작합니다.
#   모두 14곳입니다.

# %% Padding, stride, pooling show="sized"
one, weights = image[None, None], kernels[:1, None]
padded = F.conv2d(one, weights, padding=1)
sized = {
    "plain": F.conv2d(one, weights),
    "padding 1": padded,
    "padding 1, strided": F.conv2d(one, weights, padding=1, stride=2),
    "padding 1, pool 2": F.max_pool2d(padded, 2),
    "padding 1, pool 4": F.max_pool2d(padded, 4),
}
sized = {name: each[0, 0] for name, each in sized.items()}
widths = {name: len(each) for name, each in sized.items()}
for name, width in widths.items():
    print(f"{name}: {width} x {width}")

# %% The map in five sizes view="every epoch"
draw(list(sized.values()), [f"{width} x {width}" for width in widths.values()])

# %% [markdown] lang="en"
# ## Your turn: how large is the map?
#
# Before a network runs, its layers must fit each other, and so
# you need a formula: `map_size` takes the size of the image, of
# the kernel, the padding on each side and the stride, and gives
# the size of the map, a whole number.
#
# The one below has three mistakes; it prints what it makes of
# three cases beside what `conv2d` does. Count places: where does
# the window stand first, and where last?

# %% [markdown] lang="ko"
# ## 직접 해 보기: 특징 맵의 크기
#
# 신경망을 실행하려면 층의 크기가 서로 맞아야 하므로 공식이
# 필요합니다. `map_size`는 이미지의 크기, 커널의 크기, 한쪽 패딩의
# 크기, 스트라이드를 받아서 특징 맵의 크기를 정수로 돌려줍니다.
#
# 아래 공식은 세 군데가 틀렸습니다. 실행하면 세 가지 경우의 결과를
# `conv2d`와 나란히 보여 줍니다. 창이 서는 자리를 세어 보세요. 첫
# 자리는 어디이고, 창이 들어가는 마지막 자리는 어디인가요?


# %% How large is the map tags=["exercise"]
def map_size(size, kernel, padding, stride):
    return (size + padding - kernel) / stride


for kernel_size, padding, stride in [(3, 0, 1), (3, 1, 2), (5, 2, 3)]:
    ours = map_size(28, kernel_size, padding, stride)
    theirs = F.conv2d(
        torch.zeros(1, 1, 28, 28),
        torch.zeros(1, 1, kernel_size, kernel_size),
        padding=padding,
        stride=stride,
    )
    case = f"kernel {kernel_size}, padding {padding}, stride {stride}"
    print(f"{case}: {ours}, conv2d {theirs.shape[2]}")

# %% [markdown] lang="en" tags=["hint"]
# With its padding on both sides the image is
# `size + 2 * padding` wide. How far can a window slide in that,
# before it sticks out?

# %% [markdown] lang="ko" tags=["hint"]
# 양쪽 패딩까지 더한 너비는 `size + 2 * padding`입니다. 창이 밖으로
# 나가지 않고 얼마나 미끄러질 수 있을까요?

# %% [markdown] lang="en" tags=["hint"]
# It can slide by `size + 2 * padding - kernel`. Divided by the
# stride, without the rest, that is how many jumps it makes; and
# there is one place more than jumps.

# %% [markdown] lang="ko" tags=["hint"]
# `size + 2 * padding - kernel`만큼 미끄러질 수 있습니다. 이것을
# 스트라이드로 나눈 몫이 건너뛰는 횟수이고, 자리는 그보다 하나
# 많습니다.

# %% [markdown] lang="en" tags=["hint"]
# `return (size + 2 * padding - kernel) // stride + 1`

# %% [markdown] lang="ko" tags=["hint"]
# `return (size + 2 * padding - kernel) // stride + 1`


# %% tags=["solution"]
def map_size(size, kernel, padding, stride):
    return (size + 2 * padding - kernel) // stride + 1


for kernel_size, padding, stride in [(3, 0, 1), (3, 1, 2), (5, 2, 3)]:
    ours = map_size(28, kernel_size, padding, stride)
    theirs = F.conv2d(
        torch.zeros(1, 1, 28, 28),
        torch.zeros(1, 1, kernel_size, kernel_size),
        padding=padding,
        stride=stride,
    )
    case = f"kernel {kernel_size}, padding {padding}, stride {stride}"
    print(f"{case}: {ours}, conv2d {theirs.shape[2]}")

# %% tags=["check"]
cases = [
    (size, kernel_size, padding, stride)
    for size in (28, 13, 8)
    for kernel_size in (1, 3, 4, 5)
    for padding in (0, 1, 2)
    for stride in (1, 2, 3)
]
found = [map_size(*case) for case in cases]
kinds = {type(each).__name__ for each in found}
are_numbers = all(hasattr(each, "__float__") for each in found)
assert are_numbers, {
    "en": f"map_size must return one number; yours returns {', '.join(sorted(kinds))}",
    "ko": f"map_size는 수 하나를 돌려줘야 합니다. 지금은 {', '.join(sorted(kinds))}입니다",
}
are_whole = are_numbers and all(float(each).is_integer() for each in found)
assert not are_numbers or are_whole, {
    "en": f"the size must be a whole number; yours are {', '.join(sorted(kinds))} with a rest:"
    " what becomes of a jump that does not fit any more?",
    "ko": f"크기는 정수여야 합니다. 지금은 나머지가 있습니다({', '.join(sorted(kinds))})."
    " 창이 더 들어가지 않는 자리는 어떻게 되나요?",
}
if are_whole:
    true_sizes = [(size + 2 * around - wide) // jump + 1 for size, wide, around, jump in cases]
    off = [at for at, size in enumerate(found) if size != true_sizes[at]]
    told = off[0] if off else 0
    case_told = "size {}, kernel {}, padding {}, stride {}".format(*cases[told])
    assert not off, {
        "en": f"every size must be that of conv2d; for {case_told} it makes {true_sizes[told]},"
        f" and yours is {float(found[told]):g}",
        "ko": f"모든 크기가 conv2d와 같아야 합니다. {case_told}이면 {true_sizes[told]}인데, 지금은"
        f" {float(found[told]):g}입니다",
    }

# %% [markdown] lang="en"
# ## The map of a moved digit
#
# Now the question of this lesson. Move the digit by four pixels:
# what becomes of its feature map?
#
# `maps` is of the digit as it is, `maps_of_moved` of the digit
# four pixels further right. We measure how far each of two
# guesses is off: that the map stays, and that it moves along.
#
# Which is it?
#
# - [ ] The map stays as it was
#   The window finds the same edges, but at other places.
# - [x] The same map, moved by four pixels
#   The window has the same weights at each place, and so finds
#   the same in the same ink, wherever it lies.
# - [ ] Another map altogether
#   That is what happens to the numbers in a dense layer.

# %% [markdown] lang="ko"
# ## 옮긴 숫자의 특징 맵
#
# 이제 이번 레슨의 질문입니다. 숫자를 네 픽셀 옮기면 특징 맵은
# 어떻게 될까요?
#
# `maps`는 제자리에 있는 숫자의 것이고, `maps_of_moved`는 오른쪽으로
# 네 픽셀 옮긴 숫자의 것입니다. 맵이 그대로라는 추측과 맵도 함께
# 옮겨진다는 추측이 각각 얼마나 틀리는지 재 봅니다.
#
# 어느 쪽일까요?
#
# - [ ] 특징 맵은 그대로입니다
#   같은 가장자리를 찾지만, 찾은 자리가 다릅니다.
# - [x] 같은 특징 맵이 네 픽셀 옮겨집니다
#   창은 어디서나 같은 가중치를 쓰므로, 잉크가 같으면 어디에 있든
#   같은 것을 찾습니다.
# - [ ] 전혀 다른 특징 맵이 됩니다
#   완전 연결 층의 값이 그렇게 됩니다.

# %% The map of a moved digit show="maps maps_of_moved"
layer = nn.Conv2d(1, 4, kernel_size=3, padding=1, bias=False)
with torch.no_grad():
    layer.weight.copy_(kernels[:, None])
    maps = layer(image[None, None])
    maps_of_moved = layer(move(image, 0, 4)[None, None])

stays = (maps_of_moved - maps).abs().max().item()
moves_along = (maps_of_moved - move(maps, 0, 4)).abs().max().item()
print(f"it stays: up to {stays:.3f} off")
print(f"it moves along: up to {moves_along:.3f} off")

# %% Both digits, their maps view="every epoch"
pairs = [image, move(image, 0, 4), maps[0, 0], maps_of_moved[0, 0]]
draw(pairs, ["0", "+4", "0", "+4"], ink=2)

# %% [markdown] lang="en"
# ## Kernels that are learnt
#
# Nobody has to think up kernels. Here is the smallest network
# with a convolution: eight kernels of 5 x 5, a ReLU, and behind
# them a dense layer that reads all eight maps.
#
# The kernels begin at random. Press `-` a few times, and watch
# them change in the drawing. `edges` measures how much of them
# is a plain slope from dark to bright, in any direction: of
# random weights, 2 parts in 25. Afterwards go back along the
# curve (arrows and `enter`), and look how each began.
#
# One time through the 20,000 digits. What will the curve of the
# loss look like?
#
# - [~] `loss`
#   It falls steeply, within a few dozen batches, and levels off.
#   Meanwhile half of the kernels have come to look like edges.

# %% [markdown] lang="ko"
# ## 커널도 학습합니다
#
# 커널을 직접 생각해 낼 필요는 없습니다. 합성곱이 있는 가장 작은
# 신경망을 만듭니다. 5 x 5 커널이 여덟 개, ReLU, 그 뒤에 특징 맵 여덟
# 장을 모두 읽는 완전 연결 층이 있습니다.
#
# 커널은 무작위 값에서 출발합니다. `-`를 몇 번 누르고 그림에서 변해
# 가는 모습을 보세요. `edges`는 커널이 한쪽에서 반대쪽으로 고르게
# 밝아지는 '비탈'을 얼마나 닮았는지 잰 값입니다. 방향은 상관없고,
# 똑같으면 1, 무작위 값이면 평균 2/25입니다. 학습이 끝나면 곡선에서
# 화살표와 `enter`로 되돌아가, 커널마다 어떻게 출발했는지 보세요.
#
# 숫자 2만 장을 한 번씩 봅니다. loss 곡선은 어떤 모양이 될까요?
#
# - [~] `loss`
#   배치 수십 개 만에 가파르게 떨어진 다음 평평해집니다. 그동안
#   커널의 절반이 가장자리를 닮게 되었습니다.


# %% Kernels that are learnt watch="loss edges" show="flat.0.weight"
def edge_share(kernels):
    """How much of each kernel is a slope, to the right and downwards."""
    rising = (torch.arange(5.0) - 2) / 50**0.5
    slopes = torch.stack([rising.repeat(5), rising.repeat_interleave(5)])
    weights = kernels.detach().flatten(1)
    of_slopes = (weights @ slopes.T).square().sum(dim=1)
    return of_slopes / weights.square().sum(dim=1)


torch.manual_seed(0)
flat = nn.Sequential(
    nn.Conv2d(1, 8, kernel_size=5, padding=2),
    nn.ReLU(),
    nn.Flatten(),
    nn.Linear(8 * 28 * 28, 10),
)
optimizer = torch.optim.Adam(flat.parameters(), lr=0.003)
edges_before = edge_share(flat[0].weight)

for batch in torch.randperm(train_count).split(100):
    loss = F.cross_entropy(flat(x_train[batch]), y_train[batch])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    edges = edge_share(flat[0].weight).mean()

print(f"edges {edges_before.mean():.2f} before, {edges:.2f} now")

# %% Eight kernels view="every iteration"
draw(list(flat[0].weight[:, 0]), [f"{at}" for at in range(1, 9)])

# %% [markdown] lang="en"
# ## Does it hold?
#
# A convolution in front, whose maps move along with the digit,
# to the last bit. Count again, for 0 to 8 pixels.
#
# `dense` read 0.22 at four pixels. And this one?
#
# - [?] `shares["convolution, dense"][4]` ± 0.08
#   Hardly better. The maps move along, but the dense layer behind
#   them has a weight for each place in each map: it looks where
#   the digit was.

# %% [markdown] lang="ko"
# ## 이제 버틸까요?
#
# 맨 앞에 합성곱이 있고, 특징 맵은 숫자와 함께 한 비트도 틀리지 않고
# 옮겨집니다. 0에서 8픽셀까지 다시 세어 봅시다.
#
# `dense`는 네 픽셀에서 0.22였습니다. 이번에는 얼마일까요?
#
# - [?] `shares["convolution, dense"][4]` ± 0.08
#   별로 나아지지 않습니다. 특징 맵은 함께 옮겨지지만, 그 뒤의 완전
#   연결 층에는 맵의 자리마다 가중치가 따로 있습니다. 숫자가 있던
#   자리를 봅니다.

# %% Moved, with a convolution in front watch="accuracy"
shares["convolution, dense"] = []
for distance in range(9):
    accuracy = share_right(flat, distance)
    shares["convolution, dense"].append(accuracy)
    print(f"moved by {distance}: {accuracy:.3f}")

# %% Right in 100, by pixels view="every epoch"
draw_shares(shares)

# %% [markdown] lang="en"
# ## Give up the place
#
# A convolution is **equivariant**: the map moves as the digit
# does. To read, we want something **invariant**: an answer that
# stays. For that, some of "where" must be thrown away, and
# pooling does it: the largest of a square says that an edge is
# in there, not where.
#
# Take the maps of 200 digits, pool them by squares of 1 (none),
# 2, 4, 7, 14 and 28 pixels, and measure how much the result
# changes as the digits move right: 100 is as large as itself.
#
# With squares of 28, one for the whole map: how much has changed
# after four pixels?
#
# - [?] `changes[28][4]` ± 5
#   Next to nothing: the largest value is the same, wherever it is.

# %% [markdown] lang="ko"
# ## 자리를 버리기
#
# 합성곱은 **등변**(equivariant)입니다. 숫자가 옮겨지면 특징 맵도
# 옮겨집니다. 읽으려면 **불변**(invariant), 곧 답이 그대로여야
# 합니다. 그러려면 어디에 있는지를 조금씩 잊어야 하고, 그 일을 풀링이
# 합니다. 정사각형에서 가장 큰 값은 그 안에 가장자리가 있다는 것만
# 알려 주고, 어디인지는 알려 주지 않습니다.
#
# 숫자 200장의 특징 맵을 한 변이 1(풀링 없음), 2, 4, 7, 14, 28픽셀인
# 정사각형으로 풀링하고, 숫자를 오른쪽으로 옮기면 결과가 얼마나
# 변하는지 잽니다. 100이면 원래 크기만큼 변한 것입니다.
#
# 한 변이 28이면 맵 전체가 값 하나가 됩니다. 네 픽셀을 옮기면 얼마나
# 변할까요?
#
# - [?] `changes[28][4]` ± 5
#   거의 변하지 않습니다. 가장 큰 값은 어디에 있든 같은 값입니다.

# %% Give up the place watch=""
changes = {}
with torch.no_grad():
    for square in [1, 2, 4, 7, 14, 28]:
        changes[square] = []
        before = F.max_pool2d(flat[:2](x_test[:200]), square)
        for distance in range(9):
            maps = flat[:2](move(x_test[:200], 0, distance))
            after = F.max_pool2d(maps, square)
            change = 100 * (after - before).norm() / before.norm()
            changes[square].append(change.item())
        four = changes[square][4]
        print(f"squares of {square:>2}: after 4 pixels {four:.0f}%")

# %% Change (%), by square view="every epoch"
plt.clear_figure()
plt.theme("clear")
line_colors = ("blue", "cyan", "green", "yellow", "orange", "red")
plt.text("side", 0, 170, alignment="left")
for place, ((side, values), line_color) in enumerate(zip(changes.items(), line_colors), 2):
    if values:
        heights = torch.tensor(values).nan_to_num().clamp(max=150).tolist()
        plt.plot(range(len(values)), heights, marker="braille", color=line_color)
    # beside each other above the lines: six names below each other would cover them
    plt.text(f"{side}", place, 170, color=line_color, alignment="center")
plt.xlim(0, 8)
plt.xticks(range(9))
plt.ylim(0, 170)
plt.yticks([0, 50, 100, 150])
plt.xlabel("pixels moved")
plt.show()

# %% [markdown] lang="en"
# ## How far does it see?
#
# Throw all places away at once, and little is left to read by:
# an edge here, a bend there, and not how they lie to each other.
# So we pool by little steps, with convolutions between, each of
# which looks at the maps of the one before, and so at more and
# more of the image.
#
# How much a value sees can be measured: the gradient of it with
# respect to the image is 0 wherever it does not look. Where it
# looks is called its **receptive field**.
#
# Two convolutions of 3 x 3 one after the other: how many pixels
# wide is what one value of the second sees?
#
# - [?] `seen["conv 3, conv 3"]` ± 0.4
#   Five: three values beside each other, and one pixel more on
#   each side. See what a pooling between them does to it.

# %% [markdown] lang="ko"
# ## 얼마나 넓게 볼까요?
#
# 자리를 한꺼번에 다 버리면 읽을 것이 별로 남지 않습니다. 가장자리와
# 굽은 곳이 있다는 것만 알고, 서로 어떻게 놓였는지는 모릅니다.
# 그래서 조금씩 풀링하고 그 사이에 합성곱을 넣습니다. 합성곱은 앞
# 합성곱의 특징 맵을 보므로, 갈수록 이미지를 더 넓게 봅니다.
#
# 값 하나가 이미지의 어디를 보는지는 기울기로 알 수 있습니다. 보지
# 않는 픽셀에서는 기울기가 0이기 때문입니다. 값 하나가 보는 곳을 그
# 값의 **수용 영역**(receptive field)이라고 합니다.
#
# 3 x 3 합성곱을 두 번 하면, 두 번째 합성곱의 값 하나는 너비가 몇
# 픽셀인 곳을 볼까요?
#
# - [?] `seen["conv 3, conv 3"]` ± 0.4
#   다섯입니다. 나란한 값 셋을 보고, 양쪽으로 한 픽셀씩 더 봅니다.
#   사이에 풀링을 넣으면 어떻게 되는지도 보세요.


# %% How far does it see show="fields"
def conv(size):
    layer = nn.Conv2d(1, 1, size, padding=size // 2)
    nn.init.ones_(layer.weight)
    return layer


stacks = {
    "conv 3": [conv(3)],
    "conv 3, conv 3": [conv(3), conv(3)],
    "conv 3, pool, conv 3": [conv(3), nn.AvgPool2d(2), conv(3)],
    "conv 5, pool, conv 3, pool, conv 3": [
        *(conv(5), nn.AvgPool2d(2), conv(3), nn.AvgPool2d(2), conv(3)),
    ],
}
fields, seen = {}, {}
for name, layers in stacks.items():
    paper = torch.zeros(1, 1, 28, 28, requires_grad=True)
    result = nn.Sequential(*layers)(paper)[0, 0]
    middle = len(result) // 2
    [gradient] = torch.autograd.grad(result[middle, middle], paper)
    fields[name] = gradient[0, 0]
    seen[name] = (gradient[0, 0].sum(dim=0) > 0).sum().item()
    print(f"{name}: {seen[name]} x {seen[name]} pixels")

# %% What one value sees view="every epoch"
draw(list(fields.values()), [f"{width} x {width}" for width in seen.values()])

# %% [markdown] lang="en"
# ## Three convolutions, pooled
#
# Three convolutions, of 8, 16 and 32 kernels, the first two with
# a pooling behind them. Then the largest value of each of the 32
# maps, and a dense layer that reads these 32 numbers. It is told
# that something is there, and not where.
#
# The frame must not tell it either. `padding=6` lays four pixels
# of paper more around the image than its kernels need, and with
# no biases paper stays 0 in all maps, as padding is.
#
# It trains on digits in the middle, as the others did: it is
# shown no digit that was moved.
#
# How many parameters has it? `flat` had 62,938.
#
# - [?] `parameter_count` ± 1500
#   200 + 1,152 + 4,608 + 330: a tenth of that, and a sixteenth of
#   what `dense` has.

# %% [markdown] lang="ko"
# ## 합성곱 셋과 풀링
#
# 커널이 8개, 16개, 32개인 합성곱을 세 번 하고, 처음 둘 뒤에는
# 풀링을 넣습니다. 그다음 특징 맵 32장에서 가장 큰 값만 하나씩
# 남기고, 완전 연결 층이 이 수 32개를 읽습니다. 무엇이 있는지는
# 전해지지만 어디에 있는지는 전해지지 않습니다.
#
# 테두리를 보고 자리를 알아내도 안 됩니다. `padding=6`은 커널에
# 필요한 것보다 네 픽셀 더 종이를 덧대고, 편향이 없으면 종이는 모든
# 특징 맵에서 패딩과 똑같이 0입니다.
#
# 앞의 신경망들처럼 가운데 있는 숫자로만 학습합니다. 옮긴 숫자는
# 한 장도 보여 주지 않습니다.
#
# 파라미터는 몇 개일까요? `flat`은 62,938개였습니다.
#
# - [?] `parameter_count` ± 1500
#   200 + 1,152 + 4,608 + 330개입니다. `flat`의 10분의 1, `dense`의
#   16분의 1입니다.

# %% Three convolutions, pooled watch="loss edges" show="network.0.weight"
torch.manual_seed(0)
network = nn.Sequential(
    nn.Conv2d(1, 8, 5, padding=6, bias=False),
    *(nn.ReLU(), nn.MaxPool2d(2)),
    nn.Conv2d(8, 16, 3, padding=1, bias=False),
    *(nn.ReLU(), nn.MaxPool2d(2)),
    nn.Conv2d(16, 32, 3, padding=1, bias=False),
    *(nn.ReLU(), nn.AdaptiveMaxPool2d(1), nn.Flatten()),
    nn.Linear(32, 10),
)
parameter_count = sum(each.numel() for each in network.parameters())
print(f"{parameter_count:,} parameters")

optimizer = torch.optim.Adam(network.parameters(), lr=0.004)

for epoch in range(2):
    for batch in torch.randperm(train_count).split(50):
        loss = F.cross_entropy(network(x_train[batch]), y_train[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        edges = edge_share(network[0].weight).mean()

print(f"edges {edges:.2f}")

# %% Its first eight kernels view="every iteration"
draw(list(network[0].weight[:, 0]), [f"{at}" for at in range(1, 9)])

# %% [markdown] lang="en"
# ## The three side by side
#
# It has seen no moved digit, and has a sixteenth of the
# parameters. Which share of the digits does it read at four pixels?
#
# - [?] `shares["convolution, pooled"][4]` ± 0.05
#   As many as in the middle. Only where ink leaves the frame, from
#   five pixels on, does it lose some.

# %% [markdown] lang="ko"
# ## 세 신경망을 나란히
#
# 옮긴 숫자는 본 적이 없고, 파라미터는 16분의 1입니다. 네 픽셀을
# 옮기면 맞히는 비율은 얼마일까요?
#
# - [?] `shares["convolution, pooled"][4]` ± 0.05
#   가운데에 있을 때와 똑같이 맞힙니다. 다섯 픽셀부터는 잉크가
#   테두리 밖으로 나가기 시작해서 조금씩 틀립니다.

# %% Moved, and pooled watch="accuracy"
shares["convolution, pooled"] = []
for distance in range(9):
    accuracy = share_right(network, distance)
    shares["convolution, pooled"].append(accuracy)
    print(f"moved by {distance}: {accuracy:.3f}")

# %% Right in 100, by pixels view="every epoch"
draw_shares(shares)

# %% [markdown] lang="en"
# ## Your own digit, and its maps
#
# Draw once more, now for the network that holds. You know the
# map of answers. Under it (`6`, then scroll, or `w` for all the
# room) are its eight maps behind the first convolution: which
# kernel sees which of your strokes?
#
# Write in a corner. What fools it still? It never saw a digit
# that is larger, smaller or turned.

# %% [markdown] lang="ko"
# ## 내 글씨와 특징 맵
#
# 다시 써 봅시다. 이번에는 버티는 신경망이 읽습니다. 지도는 앞에서
# 본 그대로입니다. 그 아래(`6`을 누르고 내리거나, `w`로 넓히세요)에
# 첫 합성곱이 만든 특징 맵 여덟 장이 있습니다. 어느 커널이 어느
# 획을 보나요?
#
# 구석에 써 보세요. 아직도 속는 것이 있나요? 더 크거나 작거나
# 돌아간 숫자는 본 적이 없습니다.

# %% Your own digit canvas="mine" show="mine"
mine = move(x_test[0, 0], -4, 4)
print(f"it reads a {network(mine[None, None]).argmax()}")

# %% Answers view="every epoch"
map_of_answers(network, mine)

# %% Eight maps view="every epoch"
with torch.no_grad():
    # without the four pixels that its padding lays around
    seen_by_kernels = network[:2](mine[None, None])[0, :, 4:-4, 4:-4]
draw(list(seen_by_kernels), [f"{at}" for at in range(1, 9)])

# %% [markdown] lang="en"
# ## Your turn: a blank page
#
# An empty cell. Write `my_model` and its training, so that it
# reads digits wherever they are: `[n, 1, 28, 28]` goes in, ten
# logits come out.
#
# The checks take 1,000 digits that nobody has seen, and want of
# them, without another training:
#
# - 95% right where they are,
# - 93% right when each is moved by up to 4 pixels,
# - with at most 30,000 parameters.
#
# How you get there is up to you. (With `train_count` turned below
# 10,000, 70% and 60% will do.)

# %% [markdown] lang="ko"
# ## 직접 해 보기: 빈 페이지
#
# 빈 셀입니다. 숫자가 어디에 있든 읽는 `my_model`과 학습 코드를
# 모두 써 보세요. `[n, 1, 28, 28]`을 넣으면 로짓 열 개가 나와야
# 합니다.
#
# 검사에서는 아무도 본 적 없는 숫자 1,000장으로 다음을 봅니다.
#
# - 제자리에서 95%를 맞히고,
# - 한 장씩 4픽셀까지 옮겨도 93%를 맞히고,
# - 파라미터는 30,000개를 넘지 않아야 합니다.
#
# 방법은 자유입니다. (`train_count`를 10,000보다 작게 줄였다면
# 70%와 60%면 됩니다.)

# %% A blank page tags=["exercise"]
# digits that move, 30,000 parameters

# %% [markdown] lang="en" tags=["hint"]
# Two ways lead there, and both together are best: a network that
# forgets where things are, and digits that are moved while you
# train.

# %% [markdown] lang="ko" tags=["hint"]
# 길은 두 가지이고, 함께 쓰면 가장 좋습니다. 자리를 잊는 신경망을
# 만들거나, 학습하는 동안 숫자를 옮기는 것입니다.

# %% [markdown] lang="en" tags=["hint"]
# Convolutions with padding, a ReLU and `nn.MaxPool2d(2)` behind
# each, `nn.AdaptiveMaxPool2d(1)` and `nn.Flatten()` before the
# last `nn.Linear`. Adam with a rate of 0.005, in batches of 50,
# three epochs.

# %% [markdown] lang="ko" tags=["hint"]
# 패딩을 댄 합성곱마다 뒤에 ReLU와 `nn.MaxPool2d(2)`를 넣고, 마지막
# `nn.Linear` 앞에 `nn.AdaptiveMaxPool2d(1)`과 `nn.Flatten()`을
# 두세요. Adam에 학습률 0.005, 50장짜리 배치로 3 에포크면 됩니다.

# %% [markdown] lang="en" tags=["hint"]
# The network of "Three convolutions, pooled" has 6,290 parameters.
# In its loop write `images = move(x_train[batch], down, right)`,
# with `down, right = torch.randint(-4, 5, (2,)).tolist()`.

# %% [markdown] lang="ko" tags=["hint"]
# '합성곱 셋과 풀링'의 파라미터는 6,290개입니다. 그 반복문에서
# `down, right = torch.randint(-4, 5, (2,)).tolist()`로 정하고
# `images = move(x_train[batch], down, right)`를 쓰세요.

# %% tags=["solution"]
torch.manual_seed(0)
my_model = nn.Sequential(
    *(nn.Conv2d(1, 8, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2)),
    *(nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
    *(nn.Conv2d(16, 32, 3, padding=1), nn.ReLU()),
    *(nn.AdaptiveMaxPool2d(1), nn.Flatten()),
    nn.Linear(32, 10),
)
optimizer = torch.optim.Adam(my_model.parameters(), lr=0.005)

for epoch in range(3):
    for batch in torch.randperm(train_count).split(50):
        down, right = torch.randint(-4, 5, (2,)).tolist()
        images = move(x_train[batch], down, right)
        loss = F.cross_entropy(my_model(images), y_train[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


# %% tags=["check"]
def asked(digits):
    # a model may count in float64
    weights = my_model.parameters() if isinstance(my_model, nn.Module) else ()
    kinds = [each.dtype for each in weights]
    answers = my_model(digits.to(*kinds[:1]))
    return answers.float() if torch.is_tensor(answers) else answers


def weights_behind(answers):
    nodes, found = [answers.grad_fn], set()
    for node in nodes:
        if hasattr(node, "variable"):
            found.add(node.variable)
        nodes += [each for each, _ in getattr(node, "next_functions", ()) if each not in nodes]
    return found


torch.manual_seed(1)
# of the training file, behind what is trained on: in all_images are all of the other
pixels = unpacked("train-images-idx3-ubyte.gz", 16 + 784 * 40000, 784, len(x_test))
x_new = pixels.view(-1, 1, 28, 28) / 255
y_new = unpacked("train-labels-idx1-ubyte.gz", 8 + 40000, 1, len(x_test)).long()
x_moved = torch.stack(
    [move(each, *torch.randint(-4, 5, (2,)).tolist()) for each in x_new],
)
if isinstance(my_model, nn.Module):
    my_model.eval()
is_class = isinstance(my_model, type)
answers = asked(x_new) if callable(my_model) and not is_class else my_model
kind = f"class {my_model.__name__}" if is_class else type(answers).__name__
shape = list(answers.shape) if torch.is_tensor(answers) else kind
fits = shape == [len(x_new), 10]
assert fits, {
    "en": f"my_model must answer ten logits a digit; for {len(x_new)} digits yours answers {shape}",
    "ko": f"my_model은 숫자마다 로짓을 열 개씩 답해야 합니다. 숫자 {len(x_new)}장에 지금은"
    f" {shape}입니다",
}
if fits:
    fits = not answers.isnan().any()
    assert fits, {
        "en": "my_model must answer numbers; yours answers nan: is the rate too large, or does the"
        " cost take the logarithm of 0?",
        "ko": "my_model은 수를 답해야 합니다. 지금은 nan을 답합니다. 학습률이 너무 크지 않은가요?"
        " cost에서 0의 로그를 구하지는 않나요?",
    }
if fits:
    weights = weights_behind(answers)
    # what is frozen takes part, and is behind no answer
    own = my_model.parameters() if isinstance(my_model, nn.Module) else ()
    weights, own = {*weights}, {*weights, *own}
    lent = own & {*network.parameters()} if isinstance(network, nn.Module) else own
    # by now the name may be that of another network: the one above has its shares on record
    pooled = shares["convolution, pooled"]
    fits = not lent or any(share_right(asked, far) != pooled[far] for far in (2, 4))
    assert fits, {
        "en": "my_model must be a network that this cell makes and trains; yours answers as network"
        " above did",
        "ko": "my_model은 이 셀에서 새로 만들어 학습해야 합니다. 지금은 앞에서 학습한 network와"
        " 똑같이 답합니다",
    }
if fits:
    count = sum(each.numel() for each in own)
    # left from the last batch, and therefore no longer than what hard digits ask for
    left = [each.grad for each in weights if each.grad is not None]
    length = sum(each.norm().item() ** 2 for each in left) ** 0.5
    goals = (0.95, 0.93) if len(x_train) >= 10000 else (0.7, 0.6)
    with torch.no_grad():
        alone = (asked(x_new[:1]) - answers[:1]).abs().max().item()
        from_1 = (answers.sum(dim=1) - 1).abs().max().item()
        in_place = (answers.argmax(dim=1) == y_new).double().mean().item()
        on_move = (asked(x_moved).argmax(dim=1) == y_new).double().mean().item()
if fits:
    assert count <= 30000, {
        "en": f"at most 30,000 parameters; yours has {count:,}: which layer has most of them?",
        "ko": f"파라미터는 30,000개까지입니다. 지금은 {count:,}개입니다. 어느 층에 가장 많나요?",
    }
if fits:
    assert alone < 1e-3, {
        "en": "each digit must be read by itself; the answer to one that comes alone is"
        f" {alone:.2g} away from its answer among others: which dimension is which?",
        "ko": "숫자는 한 장씩 따로 읽어야 합니다. 지금은 한 장만 넣었을 때와 여럿을 함께 넣었을"
        f" 때 답이 {alone:.2g}만큼 다릅니다. 차원의 순서가 맞나요?",
    }
if fits:
    assert from_1 > 1e-3, {
        "en": "my_model must answer logits; yours add up to 1, so there is a softmax at its end,"
        " and cross entropy takes another one",
        "ko": "my_model은 로짓을 답해야 합니다. 지금은 더하면 1이므로 끝에 소프트맥스가 있는데,"
        " 크로스 엔트로피가 소프트맥스를 한 번 더 합니다",
    }
if fits:
    assert in_place >= goals[0], {
        "en": "digits where they are must be read rightly;"
        f" {goals[0]:.0%} must be right, and yours has {in_place:.1%}: does every batch clear the"
        " gradients, take a step, and meet cross entropy with logits?",
        "ko": "제자리에 있는 숫자를 잘 맞혀야 합니다."
        f" {goals[0]:.0%}가 목표인데, 지금은 {in_place:.1%}입니다."
        " 배치마다 기울기를 비우고, 로짓의 크로스 엔트로피로 한 걸음씩 움직이나요?",
    }
if fits:
    assert on_move >= goals[1], {
        "en": "moved digits must be read rightly;"
        f" {goals[1]:.0%} must be right, and yours has {on_move:.1%}: which layer"
        " has a weight for each place?",
        "ko": "옮긴 숫자도 잘 맞혀야 합니다."
        f" {goals[1]:.0%}가 목표인데, 지금은 {on_move:.1%}입니다."
        " 자리마다 가중치가 따로 있는 층은 어느 것인가요?",
    }
if fits:
    # what is never emptied is added to in place, and its version counts how often
    added = max([each._version for each in left], default=0)
    assert added < 10 or length < 10, {
        "en": f"each batch must begin with empty gradients; yours were added to {added} times, and"
        f" are {length:.2g} long: where is zero_grad()?",
        "ko": f"배치마다 기울기를 비우고 시작해야 합니다. 지금은 비우지 않은 채 {added}번 더해져"
        f" 크기가 {length:.2g}입니다. zero_grad()를 불렀나요?",
    }

# %% [markdown] lang="en"
# ## What you have learnt
#
# - A dense layer has a weight for each place: move the digit, and
#   it reads another part of it.
# - A convolution slides the same few weights over the image, so
#   its maps move along. That alone does not hold still.
# - Pooling gives up places, and what is left stays as it is.
#
# Things to try, here in the steps (`e` writes, `f5` runs):
#
# - `flat` with `nn.MaxPool2d(4)` before `nn.Flatten()`: how far
#   does the curve hold now? (`Linear` has 8 * 7 * 7 inputs then.)
# - Train `dense` on moved digits, as the blank page's hint has it.
#   Does it come as far, with 16 times the parameters?
# - Train `network` on shuffled pixels. Why does it suffer, where
#   the dense network did not?
# - Take `bias=False` away from it, and make the first padding 2.
#   What does it make of the frame?
# - Race `lr: 0.0005 0.005 0.05` with `V` where it trains.

# %% [markdown] lang="ko"
# ## 무엇을 배웠을까요?
#
# - 완전 연결 층은 자리마다 가중치가 따로 있습니다. 숫자를 옮기면
#   엉뚱한 부분을 읽습니다.
# - 합성곱은 적은 가중치를 이미지 위로 미끄러뜨리므로, 숫자를 옮기면
#   특징 맵도 함께 옮겨집니다. 그것만으로는 답이 달라질 수 있습니다.
# - 풀링은 자리를 버립니다. 남은 것은 숫자를 옮겨도 변하지 않습니다.
#
# 지나온 단계로 돌아가서 직접 해 보세요. `e`로 쓰고 `f5`로
# 실행합니다.
#
# - `flat`의 `nn.Flatten()` 앞에 `nn.MaxPool2d(4)`를 넣으면 어디까지
#   버틸까요? (`Linear`의 입력은 8 * 7 * 7개가 됩니다.)
# - 빈 페이지의 힌트처럼 `dense`를 옮긴 숫자로 학습해 보세요.
#   파라미터가 16배인데, 그만큼 잘 읽을까요?
# - `network`를 뒤섞은 픽셀로 학습해 보세요. 완전 연결 신경망과 달리
#   왜 나빠질까요?
# - `network`에서 `bias=False`를 지우고 첫 패딩을 2로 바꾸세요.
#   테두리를 어떻게 이용할까요?
# - 학습하는 단계에서 `V`로 `lr: 0.0005 0.005 0.05`를 경주시켜
#   보세요.

# %% [markdown] lang="ko" tags=["words"]
# - `The digit, and moved`: 숫자 하나와 옮긴 숫자
# - `Answers, down and right`: 옮긴 자리별로 읽은 숫자
# - `Right in 100, by pixels`: 옮긴 거리별 맞힌 비율(%)
# - `Three digits, shuffled`: 숫자 세 장과 뒤섞은 모습
# - `The window and the map`: 창과 특징 맵
# - `The image and your map`: 이미지와 내 특징 맵
# - `Four maps of an image`: 이미지 하나, 특징 맵 넷
# - `The map in five sizes`: 크기가 다른 특징 맵 다섯
# - `Both digits, their maps`: 두 숫자와 특징 맵
# - `Eight kernels`: 커널 여덟 개
# - `Moved, with a convolution in front`: 앞에 합성곱을 놓고 옮겼을 때
# - `Change (%), by square`: 정사각형 크기별 변화(%)
# - `What one value sees`: 값 하나가 보는 곳
# - `Its first eight kernels`: 첫 커널 여덟 개
# - `Moved, and pooled`: 풀링하고 옮겼을 때
# - `Answers`: 읽은 숫자
# - `Eight maps`: 특징 맵 여덟 장
# - `dense`: 완전 연결
# - `convolution, dense`: 합성곱, 완전 연결
# - `convolution, pooled`: 합성곱, 풀링
# - `pixels moved`: 옮긴 픽셀 수
# - `side`: 한 변
